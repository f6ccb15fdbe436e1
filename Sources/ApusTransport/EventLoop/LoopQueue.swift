/// What one event loop does next, in the order of its arrival: a ring in memory of its own.
///
/// Not an array, because a loop touches it several times for each request: the fields here are plain numbers, which the compiler proves to
/// be free of overlapping accesses, where it would check an array member at run time, each time.
///
/// The elements own nothing: nobody has to be told when one is forgotten.
final class LoopQueue<Element: BitwiseCopyable> {
    private var storage = UnsafeMutablePointer<Element>.allocate(capacity: initialCapacity)
    /// A power of two.
    private var capacity = initialCapacity
    private var head = 0
    private(set) var count = 0

    deinit { storage.deallocate() }

    var isEmpty: Bool { count == 0 }

    func append(_ element: Element) {
        if count == capacity { grow() }
        (storage + (head + count) & (capacity - 1)).initialize(to: element)
        count += 1
    }

    /// Exchanges the first element with the one at `place`.
    func moveToFront(_ place: Int) {
        precondition(place < count, "there is no such element")
        let (first, other) = (head, (head + place) & (capacity - 1))
        (storage[first], storage[other]) = (storage[other], storage[first])
    }

    func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let first = storage[head]
        head = (head + 1) & (capacity - 1)
        count -= 1
        return first
    }

    private func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
        for index in 0..<count { (larger + index).initialize(to: storage[(head + index) & (capacity - 1)]) }
        storage.deallocate()
        storage = larger
        capacity *= 2
        head = 0
    }
}

private let initialCapacity = 256
