import Apus
import Foundation

/// The tutorial on client certificates: asked for, not required, and trusted when the sample's own authority has signed them.
@main struct ClientCertificateSample {
    static func main() async throws {
        let certificates = try DemoCertificates()
        defer { certificates.remove() }
        try await server(certificates, port: LaunchOptions.current.port(default: 5000)).run { running in
            // At once, where print would wait when standard output is no terminal.
            FileHandle.standardOutput.write(Data(greeting(running.endpoints[0].url, certificates).utf8))
        }
    }

    static func server(_ certificates: DemoCertificates, port: Int) throws -> Server {
        let trust = try TrustStore([certificates.authority.certificate])
        let scheme = ClientCertificateAuthentication("Certificate", trusting: trust)
        return Server("Client Certificate") {
            Endpoint(port: port, tls: .identity(certificates.server), clientCertificates: .requested(naming: trust))
        } routes: {
            Get("/info") { _ in
                JSON([
                    "message": "Client Certificate Authentication Demo",
                    "endpoints": [
                        describe("/secure/cert/hello", "Greets the owner of the certificate"),
                        describe("/secure/cert/info", "Tells what the certificate says"),
                    ],
                    "testInstructions": "Use the curl lines that the sample has printed when it started.",
                ])
            }
            Group("/secure/cert") {
                Get("hello") { request in
                    guard let certificate = request.connection.peerCertificate else { throw Problem(.unauthorized) }
                    return JSON([
                        "message": "Hello from client certificate authentication", "subject": certificate.subject,
                        "issuer": certificate.issuer, "thumbprint": certificate.thumbprint,
                        "validFrom": certificate.notBefore, "validTo": certificate.notAfter,
                    ])
                }
                Get("info") { request in
                    guard let certificate = request.connection.peerCertificate else { throw Problem(.unauthorized) }
                    return JSON([
                        "authenticationType": request.user.scheme, "name": request.user.name,
                        "isAuthenticated": request.user.isAuthenticated,
                        "claims": request.user.claims.members.names.flatMap { name in
                            request.user.claims.values(of: ClaimName(name)).map { value in
                                ["type": .string(name), "value": .string(value)] as JSONValue
                            }
                        },
                        "certificate": [
                            "subject": .string(certificate.subject), "issuer": .string(certificate.issuer),
                            "thumbprint": .string(certificate.thumbprint),
                            "serialNumber": .string(certificate.serialNumber),
                        ] as JSONValue,
                    ])
                }
            }
            .authenticated(by: scheme)
        }
    }

    private static func describe(_ path: String, _ description: String) -> JSONValue {
        ["path": .string(path), "method": "GET", "description": .string(description), "requiresAuth": true]
    }

    static func greeting(_ url: String, _ certificates: DemoCertificates) -> String {
        """
        Listening on \(url)
        Try it:
          cd \(certificates.directory.path)
          curl --cacert ca.pem \(url)/info
          curl --cacert ca.pem --cert client.pem --key client.key \(url)/secure/cert/hello
          curl --cacert ca.pem --cert client.pem --key client.key \(url)/secure/cert/info

        """
    }
}
