import Apus

/// A swift in flight, as browsers ask for it.
enum Favicon {
    private static let image = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\
        <rect width="32" height="32" rx="7" fill="#1d4ed8"/>\
        <path d="M3 9c6 0 10 3 13 8 3-5 7-8 13-8-4 2-8 6-9 11l-4 7-4-7C11 15 7 11 3 9z" fill="#fff"/></svg>
        """

    static func response() throws -> Response {
        try Response(text: image, contentType: "image/svg+xml").header(.cacheControl, "public, max-age=86400")
    }
}
