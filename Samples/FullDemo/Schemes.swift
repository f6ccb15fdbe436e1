import Apus

/// The demo's schemes, and who may do what under each.
struct Schemes: Sendable {
    let basic: ClaimsTransformation<BasicAuthentication>
    let fixedKey: ClaimsTransformation<APIKeyAuthentication>
    let checkedKey: APIKeyAuthentication
    let partnerKey: APIKeyAuthentication
    let tokens: JWTBuilder
    let bearer: BearerAuthentication
    let cookies: CookieAuthentication
    let certificate: ClientCertificateAuthentication

    init(trusting trust: TrustStore) throws {
        let readerAndWriter = Claims(["can_read": true, "can_write": true])
        basic = BasicAuthentication("Basic", realm: "Demo") { login in
            login.matches(username: "admin", password: "password")
        }
        .issuingClaims { _ in readerAndWriter }
        fixedKey = try APIKeyAuthentication("KeySimple", keys: "my-secret-api-key")
            .issuingClaims { _ in Claims(["can_read": true]) }
        checkedKey = APIKeyAuthentication("KeyClosure") { key in key.matches("my-secret-api-key") }
        partnerKey = APIKeyAuthentication("KeyPartners", validator: PartnerKeys())

        let secret = "6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0"
        let keys = try KeyStore(.hmac(hexadecimal: secret, algorithm: .hs256))
        tokens = JWTBuilder(keys: keys).issuer("KestrunApi").audience("KestrunClients")
        bearer = BearerAuthentication("Bearer", validating: tokens.validationParameters)
        cookies = try CookieAuthentication(
            "Cookies", cookie: "KestrunAuth", keys: keys, login: "/cookies/login", denied: "/cookies/denied")
        certificate = ClientCertificateAuthentication("Certificate", trusting: trust)
    }
}

struct PartnerKeys: APIKeyValidator {
    func holder(of key: APIKey, in request: Request) async throws -> APIKeyHolder? {
        key.matches("my-secret-api-key") ? APIKeyHolder(name: "Swift Deliveries") : nil
    }
}

extension Policy {
    static let canRead = Policy.claim("can_read", oneOf: "true")
    static let canWrite = Policy.claim("can_write", oneOf: "true")
    static let canCreate = Policy.claim("can_create", oneOf: "true")
    static let canDelete = Policy.claim("can_delete", oneOf: "true")
}

/// `policy` under a group: each method for those who have the permission for it.
@RouteBuilder func policyRoutes(_ way: String) -> Routes {
    Group("policy") {
        Get { welcome($0, way, "can_read") }.requires(.canRead)
        Put { welcome($0, way, "can_write") }.requires(.canWrite)
        Post { welcome($0, way, "can_create") }.requires(.canCreate)
        Delete { welcome($0, way, "can_delete") }.requires(.canDelete)
    }
}

private func welcome(_ request: Request, _ way: String, _ permission: String) -> String {
    "Welcome, \(request.user.name)! You are authenticated by \(way) because you have the '\(permission)' permission."
}
