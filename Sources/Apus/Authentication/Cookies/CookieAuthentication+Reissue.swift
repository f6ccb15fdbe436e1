import ApusJOSE

extension CookieAuthentication {
    /// Puts the request's ticket into the response with another name and claims, for a scheme that knows more of the user by now.
    ///
    /// - Returns: false when the request has no ticket that counts, such as one that was revoked in the meantime.
    func reissue(
        _ name: String, _ claims: Claims, in response: inout Response, for request: Request
    ) throws -> Bool {
        guard case .found(let sealed) = jar.read(try request.cookies),
            let ticket = protector.openKnown(sealed, context: jar.name).flatMap(CookieTicket.init)
        else { return false }
        let now = keys.clock()
        guard ticket.isCurrent(at: now), !isRevoked(ticket, at: now) else { return false }
        let current = ticket.renewed(at: now, life: life) ?? ticket
        try write(current.with(name: name, claims: claims), to: &response, for: request)
        return true
    }
}
