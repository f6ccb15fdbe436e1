import ApusJOSE

extension Server {
    /// The key stores with a directory that the routes name, each once.
    var watchedKeyStores: [KeyStore] {
        var seen: Set<ObjectIdentifier> = []
        return routes.fallingBack(on: fallbackSchemes).definitions
            .flatMap { route in route.keyStores + route.schemes.flatMap(\.keyStores) }
            .filter { $0.isStored && seen.insert(ObjectIdentifier($0)).inserted }
    }
}
