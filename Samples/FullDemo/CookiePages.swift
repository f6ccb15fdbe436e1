import Apus

/// The form to sign in with, and what is shown to those whom a policy refuses.
enum CookiePages {
    /// The form has no action, so it is sent to its own address, whose query says where to go afterwards.
    static func login() throws -> Response {
        try Page.response(
            title: "Sign in",
            """
            <main class="narrow"><section>
              <h1>Sign in</h1>
              <form method="post">
                <label for="username">User name</label>
                <input id="username" name="username" autocomplete="username" autocapitalize="none" required autofocus>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required>
                <button>Sign in</button>
              </form>
            </section></main>
            """)
    }

    static func denied() throws -> Response {
        try Page.response(
            .forbidden, title: "Not for you",
            """
            <main class="narrow"><section>
              <h1>Not for you</h1>
              <p>You are signed in, but this page asks for more than you may do.</p>
              <p><a href="/cookies/hello">Back</a> · <a href="/cookies/logout">Sign out</a></p>
            </section></main>
            """)
    }
}
