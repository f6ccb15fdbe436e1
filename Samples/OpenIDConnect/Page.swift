import Apus

/// The pages of both servers, without scripts.
enum Page {
    static let home = #"<p><a href="/">Back to the shop</a></p>"#

    static let signedOut = """
        <p>Signing in is left to a provider that you have an account with.</p>
        <p><a class="button" href="/login?ReturnUrl=%2Forders">Sign in</a></p>
        """

    static let signedOutHere = html("Signed out", "<p>You may close this page.</p>")

    static let signedIn = """
        <p><a href="/orders">Your orders</a> · <a href="/admin">Back office</a> · <a href="/me">Your claims</a></p>
        <form method="post" action="/logout"><button>Sign out</button></form>
        """

    /// A page of this title with content that is HTML already.
    ///
    /// - Parameter origins: where a form of the page may lead besides this server, by a redirect too.
    static func html(
        _ title: String, _ content: String, status: Response.Status = .ok, formsLeadTo origins: String = ""
    ) -> Response {
        var response = Response(status, html: document(escaped(title), content))
        let policy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self' \(origins); frame-ancestors 'none'; base-uri 'none'"
        try? response.headers.set(.contentSecurityPolicy, policy)
        try? response.headers.set(.cacheControl, "no-store")
        return response
    }

    /// Text as it stands in HTML, within an attribute's quotes too.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.append(character)
            }
        }
    }

    private static func document(_ title: String, _ content: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title)</title>
        <style>
          :root { color-scheme: light dark; --accent: #0f766e; --line: #8884; }
          * { box-sizing: border-box; }
          body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
                 font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
          main { width: min(100%, 24rem); padding: 2rem; border: 1px solid var(--line); border-radius: 1rem;
                 box-shadow: 0 .5rem 2rem #0001; }
          h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.2; overflow-wrap: anywhere; }
          label { display: block; margin-bottom: .25rem; font-weight: 600; }
          input, button, .button { display: block; width: 100%; padding: .625rem .75rem; border-radius: .5rem; font: inherit; }
          input { margin-bottom: 1.25rem; border: 1px solid #888; background: Field; color: FieldText; }
          button, .button { border: 0; background: var(--accent); color: #fff; font-weight: 600; cursor: pointer;
                            text-align: center; text-decoration: none; }
          button:hover, .button:hover { filter: brightness(1.1); }
          button.plain { border: 1px solid #888; background: none; color: inherit; }
          a { color: LinkText; }
          .error { padding: .5rem .75rem; border-left: .25rem solid #b91c1c; background: #b91c1c1a; }
          :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        </style>
        </head>
        <body>
        <main>
        <h1>\(title)</h1>
        \(content)
        </main>
        </body>
        </html>
        """
    }
}
