/// The jobs of one event loop in the order of their arrival: a ring in memory of its own.
///
/// Not an array, because a loop touches it several times for each request: the fields here are plain numbers, which the compiler proves to
/// be free of overlapping accesses, where it would check an array member at run time, each time.
final class JobQueue {
    private var storage = UnsafeMutablePointer<UnownedJob>.allocate(capacity: JobQueue.initialCapacity)
    /// A power of two.
    private var capacity = JobQueue.initialCapacity
    private var head = 0
    private(set) var count = 0

    private static let initialCapacity = 256

    deinit {
        // An unowned job owns nothing.
        storage.deallocate()
    }

    var isEmpty: Bool { count == 0 }

    func append(_ job: UnownedJob) {
        if count == capacity { grow() }
        (storage + (head + count) & (capacity - 1)).initialize(to: job)
        count += 1
    }

    /// Exchanges the first job with the one at `place`.
    func moveToFront(_ place: Int) {
        precondition(place < count, "there is no such job")
        let (first, other) = (head, (head + place) & (capacity - 1))
        (storage[first], storage[other]) = (storage[other], storage[first])
    }

    func popFirst() -> UnownedJob? {
        guard count > 0 else { return nil }
        let job = storage[head]
        head = (head + 1) & (capacity - 1)
        count -= 1
        return job
    }

    private func grow() {
        let larger = UnsafeMutablePointer<UnownedJob>.allocate(capacity: 2 * capacity)
        for index in 0..<count { (larger + index).initialize(to: storage[(head + index) & (capacity - 1)]) }
        storage.deallocate()
        storage = larger
        capacity *= 2
        head = 0
    }
}
