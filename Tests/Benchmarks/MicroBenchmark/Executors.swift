import ApusTransport

/// From an event loop to an actor and back.
enum Executors {
    static func operations(on loop: EventLoop) -> [Operation] {
        let bystander = Bystander()
        return [
            Operation(
                "call a default actor from a loop", gives: 1,
                suspending: {
                    let isThere = await bystander.isRunning(on: loop)
                    return isThere && loop.isCurrent ? 1 : 0
                })
        ]
    }
}

/// An actor without an executor of its own.
private actor Bystander {
    func isRunning(on loop: EventLoop) -> Bool { loop.isCurrent }
}
