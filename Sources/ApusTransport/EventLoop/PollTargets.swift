/// Whom the events of one loop's descriptors are for.
///
/// To tell somebody of an event counts no reference, as every request would pay for two: the loop owns each target from `add(_:at:)`
/// to `remove(at:)`, and one that is removed while the loop tells of events it owns until `endTelling()`. So whoever is told is there
/// until he returns.
///
/// Confined to the loop's thread.
final class PollTargets {
    private var places = UnsafeMutablePointer<Unmanaged<PollTarget>?>.allocate(capacity: 0)
    private var capacity = 0
    /// How many tellings are under way, one within the other.
    private var tellings = 0
    private var removed: [PollTarget] = []
    private var hasRemoved = false

    deinit {
        for place in 0..<capacity { unsafe places[place]?.release() }
        places.deallocate()
    }

    var count: Int { (0..<capacity).count { unsafe places[$0] != nil } }

    /// In place of whoever is there.
    func add(_ target: PollTarget, at place: Int) {
        if place >= capacity { grow(beyond: place) }
        remove(at: place)
        unsafe places[place] = Unmanaged.passRetained(target)
    }

    /// Does nothing where nobody is.
    func remove(at place: Int) {
        guard place < capacity, let target = unsafe places[place] else { return }
        unsafe places[place] = nil
        let owned = unsafe target.takeRetainedValue()
        guard tellings > 0 else { return }
        removed.append(owned)
        hasRemoved = true
    }

    // MARK: Telling

    @inline(__always)
    func beginTelling() { tellings &+= 1 }

    /// To be called as often as `beginTelling()`.
    @inline(__always)
    func endTelling() {
        tellings &-= 1
        if hasRemoved { forgetRemoved() }
    }

    /// Lends who is at a place, between `beginTelling()` and `endTelling()`; does nothing where nobody is.
    @inline(__always)
    func tell(at place: Int, _ body: (PollTarget) -> Void) {
        assert(tellings > 0)
        guard place < capacity, let target = unsafe places[place] else { return }
        unsafe target._withUnsafeGuaranteedRef(body)
    }

    private func forgetRemoved() {
        guard tellings == 0 else { return }
        hasRemoved = false
        removed = []
    }

    private func grow(beyond place: Int) {
        let larger = max(64, 2 * capacity, place + 1)
        let moved = UnsafeMutablePointer<Unmanaged<PollTarget>?>.allocate(capacity: larger)
        unsafe moved.moveInitialize(from: places, count: capacity)
        unsafe (moved + capacity).initialize(repeating: nil, count: larger - capacity)
        places.deallocate()
        places = unsafe moved
        capacity = larger
    }
}
