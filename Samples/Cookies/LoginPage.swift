/// The pages of the sample, without scripts.
enum LoginPage {
    /// The form has no action, so it is sent to its own address, whose query says where to go afterwards.
    static let login = page(
        title: "Sign in",
        """
        <form method="post">
          <h1>Sign in</h1>
          <label for="username">User name</label>
          <input id="username" name="username" autocomplete="username" autocapitalize="none" required autofocus>
          <label for="password">Password</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required>
          <button>Sign in</button>
        </form>
        """)

    static let denied = page(
        title: "Not for you",
        """
        <h1>Not for you</h1>
        <p>You are signed in, but this page asks for more than you may do.</p>
        <p><a href="/cookies/hello">Back</a> · <a href="/cookies/logout">Sign out</a></p>
        """)

    private static func page(title: String, _ content: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) · Apus</title>
        <style>
          :root { color-scheme: light dark; --accent: #2563eb; --line: #8884; }
          * { box-sizing: border-box; }
          body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
                 font: 1rem/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText; }
          main { width: min(100%, 22rem); padding: 2rem; border: 1px solid var(--line); border-radius: 1rem;
                 box-shadow: 0 .5rem 2rem #0001; }
          h1 { margin: 0 0 1.5rem; font-size: 1.5rem; line-height: 1.2; }
          label { display: block; margin-bottom: .25rem; font-weight: 600; }
          input, button { width: 100%; padding: .625rem .75rem; border-radius: .5rem; font: inherit; }
          input { margin-bottom: 1.25rem; border: 1px solid #888; background: Field; color: FieldText; }
          button { border: 0; background: var(--accent); color: #fff; font-weight: 600; cursor: pointer; }
          button:hover { filter: brightness(1.1); }
          :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        </style>
        </head>
        <body>
        <main>
        \(content)
        </main>
        </body>
        </html>
        """
    }
}
