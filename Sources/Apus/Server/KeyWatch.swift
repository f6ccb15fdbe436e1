import ApusJOSE

extension Server {
    /// Looks for what other processes, or people, do to the directories of the key stores that the routes name.
    ///
    /// Without it a revocation of another process would not be known here, nor a key that has to be published; to leave that to the author
    /// of a service would be to wait until somebody forgets it. A store that watches itself as well costs a look at the directory.
    var keyWatches: [BackgroundWork] {
        watchedKeyStores.map { store in
            BackgroundWork(name: "looking for changes of keys") { _ in try await store.watch() }
        }
    }

    /// The key stores with a directory that the routes name, each once.
    var watchedKeyStores: [KeyStore] {
        var seen: Set<ObjectIdentifier> = []
        return routes.fallingBack(on: fallbackSchemes).definitions
            .flatMap { route in route.keyStores + route.schemes.flatMap(\.keyStores) }
            .filter { $0.isStored && seen.insert(ObjectIdentifier($0)).inserted }
    }
}
