import Apus

/// The page to start from: each way in, what is behind it, and a line to try it with.
enum LandingPage {
    private struct Way {
        let title: String
        let words: String
        let links: [String]
        let line: String
    }

    private static let ways = [
        Way(
            title: "Basic", words: "A user name and a password with every request.",
            links: ["/secure/ps/hello", "/secure/ps/policy"], line: "curl -k -u admin:password $URL/secure/ps/hello"),
        Way(
            title: "API key", words: "A secret of a program, in a field of its own.",
            links: ["/secure/key/simple/hello", "/secure/key/ps/hello", "/secure/key/cs/hello", "/secure/key/policy"],
            line: "curl -k -H 'X-Api-Key: my-secret-api-key' $URL/secure/key/simple/hello"),
        Way(
            title: "Bearer token", words: "A signed token, which Basic gets and which renews itself.",
            links: ["/token/new", "/token/renew", "/secure/jwt/hello", "/secure/jwt/policy"],
            line: "curl -k -u admin:password $URL/token/new"),
        Way(
            title: "Cookie", words: "A form, and a sealed ticket in the browser.",
            links: ["/cookies/login", "/cookies/hello", "/cookies/policy", "/cookies/logout"],
            line: "curl -k -c jar -d 'username=admin&password=secret' $URL/cookies/login"),
        Way(
            title: "Client certificate", words: "A certificate that the demo's authority has signed.",
            links: ["/secure/cert/hello"], line: "curl -k --cert client.pem --key client.key $URL/secure/cert/hello"),
        Way(
            title: "Several at once", words: "Any scheme of a route will do; a 401 names each of them.",
            links: ["/mixed/key", "/mixed/jwt"], line: "curl -k -i $URL/mixed/jwt"),
    ]

    static func response() throws -> Response {
        try Page.response(title: "Full demo", content)
    }

    private static func section(_ way: Way) -> String {
        let links = way.links.map { "<li><a href=\"\($0)\">\($0)</a></li>" }.joined()
        return """
            <section><h2>\(way.title)</h2><p>\(way.words)</p><ul>\(links)</ul><pre><code>\(way.line)</code></pre></section>
            """
    }

    private static let content = """
        <header>
          <h1>Six ways in, one server</h1>
          <p>Each way to log in guards routes of its own. Sign in as <b>admin</b>: with the password <b>password</b> for Basic
          and <b>secret</b> for the form. In the lines, <code>$URL</code> is this page's address.</p>
        </header>
        <main class="ways">
        \(ways.map(section).joined(separator: "\n"))
        </main>
        """
}
