/// Collects the routes of a block, with `if`, `switch` and `for`.
///
/// Every element becomes `Routes` at once, so that a mistake in one closure is reported there, and a long block costs no more to
/// check than its lines do.
@resultBuilder
public enum RouteBuilder {
    /// One line of the block.
    public static func buildExpression(_ element: some RouteElement) -> Routes { element.routes }
    /// The lines of the block together.
    public static func buildBlock(_ parts: Routes...) -> Routes { Routes(parts.flatMap(\.definitions)) }
    /// An `if` without `else`.
    public static func buildOptional(_ part: Routes?) -> Routes { part ?? Routes() }
    /// The first branch of an `if` or `switch`.
    public static func buildEither(first part: Routes) -> Routes { part }
    /// The other branch of an `if` or `switch`.
    public static func buildEither(second part: Routes) -> Routes { part }
    /// The rounds of a `for`.
    public static func buildArray(_ parts: [Routes]) -> Routes { Routes(parts.flatMap(\.definitions)) }
}
