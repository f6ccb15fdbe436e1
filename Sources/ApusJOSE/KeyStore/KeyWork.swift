/// Where a store works that must not hold the thread of its caller, and where fetches run for which several requests wait.
package enum KeyWork {
    /// Swift's global pool, unless a simulation has put its own executor in its place.
    @TaskLocal package static var executor: any TaskExecutor = globalConcurrentExecutor
}
