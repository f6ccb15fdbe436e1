public import ApusJOSE

extension Logger {
    /// Writes what happened to a key store or a remote key set: `onEvent: logger.log`.
    ///
    /// Failures are warnings, because the keys that were known stay in use; what was to be expected is `notice` or `debug`.
    public func log(_ event: KeyStoreEvent) {
        switch event {
        case .keyPublished(let kid, let activeFrom):
            log(.notice, "A new key was published", ["kid": .string(kid), "signs-from": .string("\(activeFrom)")])
        case .keyRevoked(let kid):
            log(.notice, "A key was revoked", ["kid": .string(kid)])
        case .reloaded(let keys):
            log(.debug, "Keys were read from the directory", ["keys": .integer(keys)])
        case .reloadFailed(let error):
            log(.warning, "Keys could not be read from the directory", ["cause": .string(error.description)])
        case .writingFailed(let error):
            log(
                .error, "A change of keys holds in this process alone, since it could not be written",
                ["cause": .string(error.description)])
        case .rotationFailed(let error):
            log(.warning, "A rotation of keys failed and will be tried again", ["cause": .string(error.description)])
        case .fetched(let url, let keys):
            log(.debug, "Keys were fetched", ["url": .string(url), "keys": .integer(keys)])
        case .ambiguousKeys(let url, let kids):
            log(
                .warning, "Keys of one identifier and algorithm were left out",
                ["url": .string(url), "kids": .string(kids.joined(separator: " "))])
        case .fetchFailed(let url, let reason):
            log(.warning, "Keys could not be fetched", ["url": .string(url), "cause": .string(reason)])
        }
    }
}
