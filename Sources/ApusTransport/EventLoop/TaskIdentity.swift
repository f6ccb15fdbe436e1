/// Tells tasks apart as long as they live.
///
/// In Swift's runtime a task is its own job (`AsyncTask` derives from `Job`), and both handles are its address: so the job that a loop is
/// given leads to the task that it is a part of. Nothing is reached through the address. Should that ever change, tasks are not
/// recognized, which a test notices.
package enum TaskIdentity {
    static func of(_ job: UnownedJob) -> UInt {
        unsafe unsafeBitCast(job, to: UInt.self)
    }

    package static func of(_ task: UnsafeCurrentTask) -> UInt {
        unsafe unsafeBitCast(task, to: UInt.self)
    }

    /// That of the task that runs this; nil outside of tasks.
    package static var current: UInt? {
        withUnsafeCurrentTask { task in unsafe task.map(of) }
    }
}
