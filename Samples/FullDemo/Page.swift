import Apus

/// What the demo's pages have in common.
///
/// They run no scripts, stand in no other page, and send forms to this server alone.
enum Page {
    private static let security =
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        + "base-uri 'none'"

    static func response(_ status: Response.Status = .ok, title: String, _ content: String) throws -> Response {
        try Response(status, html: page(title, content)).header(.contentSecurityPolicy, security)
    }

    private static func page(_ title: String, _ content: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) · Apus</title>
        <style>\(style)</style>
        </head>
        <body>
        \(content)
        </body>
        </html>
        """
    }

    private static let style = """
        :root { color-scheme: light dark; --accent: #2563eb; --line: #8884; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 3rem 1.25rem; max-width: 64rem; font: 1rem/1.5 system-ui, sans-serif;
               background: Canvas; color: CanvasText; }
        header { margin-bottom: 2rem; }
        h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2; }
        header p { margin: 0; max-width: 44rem; opacity: .85; }
        .ways { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }
        .narrow { max-width: 22rem; margin: 10vh auto 0; }
        section { padding: 1.25rem; border: 1px solid var(--line); border-radius: 1rem; min-width: 0; }
        h2 { margin: 0 0 .25rem; font-size: 1.125rem; }
        section p { margin: 0 0 .75rem; }
        ul { margin: 0 0 .75rem; padding: 0; list-style: none; }
        a { color: light-dark(#1d4ed8, #93b4ff); }
        li a { font-family: ui-monospace, monospace; font-size: .875rem; }
        pre { margin: 0; padding: .625rem .75rem; white-space: pre-wrap; border-radius: .5rem; background: #8882;
              overflow-wrap: anywhere; font-size: .8125rem; }
        label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
        input, button { width: 100%; padding: .625rem .75rem; border-radius: .5rem; font: inherit; }
        input { border: 1px solid #888; background: Field; color: FieldText; }
        button { margin-top: 1.25rem; border: 0; background: var(--accent); color: #fff; font-weight: 600; cursor: pointer; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        """
}
