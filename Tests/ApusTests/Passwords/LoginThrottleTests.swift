import Apus
import ApusTesting
import Testing

@Suite struct LoginThrottleTests {
    @Test func `after five failures each further one doubles the wait, up to five minutes`() async throws {
        let logins = ThrottledLogins()
        try await logins.test { client in
            try await client.fail([401, 401, 401, 401, 401])
            for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300] {
                let refused = try await client.login("ada", "right")
                #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "\(wait)")
                logins.advance(.seconds(wait) - .milliseconds(1))
                let early = try await client.login("ada", "right")
                #expect(early.status == .tooManyRequests && early.headers[.retryAfter] == "1")
                logins.advance(.milliseconds(1))
                try await client.fail([401])
            }
            // What was refused was not looked at.
            #expect(logins.checks.value == 17)
        }
    }

    @Test func `a success clears the failures`() async throws {
        let logins = ThrottledLogins()
        try await logins.test { client in
            try await client.fail([401, 401, 401, 401, 401])
            logins.advance(.seconds(1))
            try await client.login("ada", "right", gives: .ok)
            try await client.fail([401, 401, 401, 401, 401, 429])
        }
    }

    @Test func `failures are forgotten after an hour without one`() async throws {
        let logins = ThrottledLogins()
        try await logins.test { client in
            try await client.fail([401, 401, 401, 401])
            logins.advance(.seconds(3_599))
            try await client.fail([401, 429])
            logins.advance(.seconds(3_600))
            try await client.fail([401, 401, 401, 401, 401, 429])
        }
    }

    @Test func `an error of the check is neither a failure nor a success`() async throws {
        let logins = ThrottledLogins()
        try await logins.test { client in
            try await client.fail([401, 401, 401, 401])
            for _ in 0..<20 {
                try await client.login("ada", "broken", gives: .internalServerError)
            }
            try await client.fail([401, 429])
        }
    }

    @Test(arguments: [("ADA", "ada"), ("José", "Jose\u{301}"), ("ÅSA", "a\u{30A}sa")])
    func `names that a service may take for the same count as one`(name: String, other: String) async throws {
        let logins = ThrottledLogins()
        try await logins.test { client in
            try await client.fail([401, 401, 401, 401, 401], as: name)
            try await client.fail([429], as: other)
            try await client.fail([401], as: "somebody else")
        }
    }

    @Test func `an address has fifty failures, whatever the names`() async throws {
        let logins = ThrottledLogins()
        try await logins.test { client in
            for number in 0..<50 { try await client.fail([401], as: "user \(number)") }
            let refused = try await client.login("ada", "right")
            #expect(refused.status == .tooManyRequests && refused.headers[.retryAfter] == "1")
            try await client.login("ada", "right", from: "192.0.2.2", gives: .ok)
        }
    }

    /// Who has an account of his own could otherwise try one password less than the limit, log in, and begin anew.
    @Test func `a success clears what was one's own, and not the address`() async throws {
        let logins = ThrottledLogins { $0.addressFailures = 4 }
        try await logins.test { client in
            for number in 0..<3 { try await client.fail([401], as: "victim \(number)") }
            try await client.login("mallory", "right", gives: .ok)
            try await client.fail([401, 429], as: "victim 4")
        }
    }

    @Test func `an office whose people mistype now and then is not slowed`() async throws {
        let logins = ThrottledLogins { $0.addressFailures = 5 }
        try await logins.test { client in
            for number in 0..<20 {
                try await client.fail([401, 401, 401], as: "user \(number)")
                try await client.login("user \(number)", "right", gives: .ok)
            }
        }
    }

    @Test func `a user is not kept out where he has logged in before`() async throws {
        let logins = ThrottledLogins()
        try await logins.test { client in
            try await client.login("ada", "right", from: "198.51.100.1", gives: .ok)
            try await client.fail([401, 401, 401, 401, 401, 429], from: "203.0.113.1")
            // The attack holds at a new address, from wherever it comes, and not at the one that is known.
            try await client.login("ada", "right", from: "203.0.113.2", gives: .tooManyRequests)
            try await client.login("ada", "right", from: "198.51.100.1", gives: .ok)
            // Nor does that success begin the attacker's count anew.
            try await client.fail([429], from: "203.0.113.1")
            logins.advance(.seconds(1))
            try await client.login("ada", "right", from: "203.0.113.2", gives: .ok)
        }
    }

    @Test func `a neighbour's failures do not keep out whom the address knows`() async throws {
        let logins = ThrottledLogins { $0.addressFailures = 3 }
        try await logins.test { client in
            try await client.login("ada", "right", gives: .ok)
            for number in 0..<3 { try await client.fail([401], as: "victim \(number)") }
            try await client.login("bob", "right", gives: .tooManyRequests)
            try await client.login("ada", "right", gives: .ok)
        }
    }

    @Test func `a known address has a count of its own`() async throws {
        let logins = ThrottledLogins()
        try await logins.test { client in
            try await client.login("ada", "right", gives: .ok)
            try await client.fail([401, 401, 401, 401, 401, 429])
            try await client.login("ada", "right", from: "192.0.2.9", gives: .ok)
            // After thirty days it is an address like any other.
            logins.advance(.seconds(30 * 86_400))
            try await client.fail([401, 401, 401, 401, 401], from: "203.0.113.1")
            try await client.login("ada", "right", gives: .tooManyRequests)
        }
    }

    @Test(arguments: [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", 429), ("2001:db8:1:2::1", "2001:db8:1:3::1", 401),
        ("192.0.2.1", "::ffff:192.0.2.1", 429), ("192.0.2.1", "::ffff:192.0.2.2", 401), ("192.0.2.1", "192.0.2.2", 401),
        ("/run/a.socket", "/run/a.socket", 429), ("/run/a.socket", "/run/b.socket", 401), ("", "", 429),
    ])
    func `IPv6 counts by its first 64 bits`(address: String, other: String, status: Int) async throws {
        let logins = ThrottledLogins { $0.addressFailures = 2 }
        try await logins.test { client in
            for number in 0..<2 { try await client.fail([401], as: "user \(number)", from: address) }
            try await client.fail([status], as: "ada", from: other)
        }
    }

    @Test func `limits that make no sense become the nearest that do`() async throws {
        let logins = ThrottledLogins { limits in
            (limits.userFailures, limits.addressFailures, limits.simultaneous, limits.entries) = (0, -1, 0, 0)
            (limits.firstWait, limits.longestWait, limits.memory) = (.seconds(-1), .seconds(-2), .seconds(-3))
        }
        try await logins.test { client in
            try await client.fail([Int](repeating: 401, count: 20))
        }
    }
}
