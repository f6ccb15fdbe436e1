import ApusCrypto
public import ApusJOSE
import FoundationEssentials

extension CookieAuthentication {
    /// Signs somebody in: the response to `request` bears a new ticket.
    ///
    /// Who asks has been checked by the caller, as with a password. Each sign-in has an identifier of its own, so a
    /// cookie that was there before means nothing afterwards. The response gets `Cache-Control: no-store`.
    /// - Parameters:
    ///   - user: the name of the principal; when the claims have no `sub`, it is also the subject that a store can
    ///     revoke.
    ///   - claims: what is known of the user for as long as the sign-in lasts; sealed, and part of every request.
    ///   - answer: what the client gets otherwise.
    /// - Throws: `Problem` 403 for a request that another site caused, so that nobody is signed in as somebody else
    ///   unawares, and for one over plain HTTP unless that is allowed; `CookieAuthenticationError.ticketTooLarge`;
    ///   `DataProtectionError`; and what making the response throws.
    public func signIn(
        _ user: String, claims: Claims = Claims(), for request: Request, with answer: some ResponseConvertible
    ) throws -> Response {
        try check(request)
        let id = Base64URL.encode(try SecureRandom.bytes(16))
        let ticket = CookieTicket(id: id, name: user, claims: claims, at: keys.clock(), life: life)
        var response = try answer.response(to: request)
        try write(ticket, to: &response, for: request)
        return response
    }

    /// Signs the sender of `request` out: the response takes the cookie away, and its ticket is refused from now on.
    ///
    /// The ticket's identifier is revoked in the key store for as long as a ticket of this sign-in could live, so that
    /// a copy of the cookie is of no use either; processes that share the store's directory learn of it when they look
    /// (`KeyStore.watch`). A request without a ticket, or with one that is no good, is no error.
    ///
    /// Prefer a form that posts to a link: what a link does, other sites can have a browser do.
    /// - Throws: `Problem` 403 for a request of an unsafe method that another site caused; `KeyStoreError` when the
    ///   ticket cannot be revoked, and then nobody has been signed out.
    public nonisolated(nonsending) func signOut(
        _ request: Request, with answer: some ResponseConvertible
    ) async throws -> Response {
        try check(request)
        let cookies = try request.cookies
        if case .found(let sealed) = jar.read(cookies), let ticket = await open(sealed) {
            let now = keys.clock()
            // One that was sent twice is not written twice.
            if ticket.isCurrent(at: now), !isRevoked(ticket, at: now) {
                // Another process may issue the ticket anew until it has heard of this.
                let end = life.end(issued: now, signedIn: ticket.signedIn)
                try await keys.revoke(
                    tokenID: ticket.id, until: max(end, ticket.expires).addingTimeInterval(CookieTicket.clockSkew))
            }
        }
        var response = try answer.response(to: request)
        try jar.clear(&response, for: cookies)
        try response.headers.set(.cacheControl, "no-store")
        return response
    }

    /// Issues a ticket anew that was used in the second half of its life, unless the handler has signed in or out.
    public func complete(_ response: Response, to request: Request) throws -> Response {
        guard life.isSliding, !response.headers.setsCookie(named: jar.name),
            case .found(let sealed) = jar.read(try request.cookies),
            let ticket = protector.openKnown(sealed, context: jar.name).flatMap(CookieTicket.init)
        else { return response }
        let now = keys.clock()
        // Whoever was signed out elsewhere in the meantime stays so.
        guard let renewed = ticket.renewed(at: now, life: life), !isRevoked(ticket, at: now) else { return response }
        var renewing = response
        do {
            try write(renewed, to: &renewing, for: request)
        } catch {
            // The request has had its effect, and the old ticket is good still: a later request will do.
            return response
        }
        return renewing
    }

    private func check(_ request: Request) throws {
        if let refusal = CrossSiteCheck.refusal(of: request) {
            var problem = Problem(.forbidden, refusal.publicReason, cause: ForeignRequest(description: refusal.reason))
            problem.diagnosis = refusal.diagnosis
            throw problem
        }
        guard takes(request.connection) else {
            var problem = Problem(.forbidden, "Signing in and out needs https.")
            problem.diagnosis = Problem.Diagnosis(
                symptom: "403 for a login over http",
                cause: "The request came over plain HTTP, where anybody on the way can read the cookie.",
                fix: "Use https, or give the scheme '\(name)' allowInsecureHTTP: true if this is a test.")
            throw problem
        }
    }
}

/// Why nobody was signed in or out, for the log.
private struct ForeignRequest: Error, CustomStringConvertible {
    let description: String
}
