extension Claims {
    /// These claims and those of `others`; a claim that is in both has the values of both, each once, in an array.
    public func adding(_ others: Claims) -> Claims {
        var members = members
        for (name, value) in others.members.members.map({ ($0.name, $0.value) }) {
            guard let known = members[name] else {
                members[name] = value
                continue
            }
            let union =
                Self.elements(of: known) + Self.elements(of: value).filter { !Self.elements(of: known).contains($0) }
            members[name] = union.count == 1 ? union[0] : .array(union)
        }
        return Claims(members)
    }

    private static func elements(of value: JSONValue) -> [JSONValue] {
        if case .array(let elements) = value { elements } else { [value] }
    }
}
