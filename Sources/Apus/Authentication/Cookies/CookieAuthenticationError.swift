/// Why a cookie scheme cannot be made as asked for, or a ticket not be put into cookies.
public enum CookieAuthenticationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path to redirect to is none of this server's own.
    case pathNotLocal(String)
    /// Tickets would have ended when they are issued.
    case lifetimeInvalid
    /// Name and claims are too much for cookies, which come with every request.
    case ticketTooLarge(octets: Int, limit: Int)

    /// What was expected, what was found and what to do.
    public var description: String {
        switch self {
        case .pathNotLocal(let path):
            "The path '\(path)' must begin with one / and be printable ASCII without a backslash."
        case .lifetimeInvalid: "The lifetime and the maximum lifetime of tickets must be longer than zero."
        case .ticketTooLarge(let octets, let limit):
            """
            The sealed ticket has \(octets) octets, and cookies have room for \(limit); keep an identifier in the claims \
            and the rest in the service.
            """
        }
    }
}
