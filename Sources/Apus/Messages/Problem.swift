public import ApusHTTP
import ApusJOSE

/// An error with the answer that it gets: `throw Problem(.conflict, "Order 17 is being changed.")`.
///
/// The client sees status, title, detail, header fields and an id, as problem+json (RFC 9457). The cause is for the log, which has the
/// same id.
public struct Problem: Error, Sendable {
    /// The status of the answer.
    public var status: Response.Status

    /// What happened this time, in words that the client may read; nil says no more than the status does.
    public var detail: String?

    /// Header fields of the answer, such as challenges.
    public var headers = HTTP.Fields()

    /// What led to this, for the log; never sent.
    public var cause: (any Error)?

    /// What a developer can do about it; sent in development mode only.
    public var diagnosis: Diagnosis?

    /// What the client gets in place of the problem, which is logged all the same.
    var substitute: Response?

    /// The client has gone, so that nobody gets the answer.
    var isUnheard = false

    /// Makes a problem; `detail` is sent to the client, `cause` is only logged.
    public init(_ status: Response.Status, _ detail: String? = nil, cause: (any Error)? = nil) {
        self.status = status
        self.detail = detail
        self.cause = cause
    }

    /// Symptom, cause and fix in words, as a page on troubleshooting would have them.
    public struct Diagnosis: Sendable, Equatable {
        /// What is seen.
        public var symptom: String
        /// Why it is so.
        public var cause: String
        /// What to do.
        public var fix: String

        /// Makes a diagnosis.
        public init(symptom: String, cause: String, fix: String) {
            self.symptom = symptom
            self.cause = cause
            self.fix = fix
        }
    }
}

extension Problem: ResponseConvertible {
    /// The problem itself, as an error: so that it is answered and logged in one place, with its id.
    public func response(to request: Request) throws -> Response { throw self }
}

extension Problem {
    /// The one place where an error of any kind becomes what a client may know of it.
    init(describing error: any Error) {
        switch error {
        case let problem as Problem:
            self = problem
        case let error as HTTP.DecodingError:
            self.init(error.status, error.description, cause: error)
        default:
            self.init(.internalServerError, cause: error)
        }
    }

    /// The content and header fields that the client gets.
    func response(id: String, mode: Server.Mode) -> Response {
        if let substitute { return substitute }
        var members = JSONObject()
        members["type"] = "about:blank"
        members["title"] = .string(status.reasonPhrase)
        members["status"] = JSONValue(integerLiteral: status.code)
        if let detail { members["detail"] = .string(detail) }
        members["id"] = .string(id)
        if mode == .development {
            if let diagnosis {
                members["symptom"] = .string(diagnosis.symptom)
                members["cause"] = .string(diagnosis.cause)
                members["fix"] = .string(diagnosis.fix)
            } else if status.code >= 500, let cause {
                members["cause"] = .string(String(describing: cause))
            }
        }
        return Response(
            status, headers: headers, contentType: .problem, body: .octets(JSONValue.object(members).serialized()))
    }
}
