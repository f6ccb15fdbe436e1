/// What will happen, in order of its time; what happens at one time does so in the order in which it was added.
struct EventQueue {
    private struct Event {
        let time: UInt64
        let number: UInt64
        let action: () -> Void

        func isBefore(_ other: Event) -> Bool { time < other.time || time == other.time && number < other.number }
    }

    /// A binary heap.
    private var heap: [Event] = []
    private var lastNumber: UInt64 = 0

    var nextTime: UInt64? { heap.first?.time }

    mutating func add(at time: UInt64, _ action: @escaping () -> Void) {
        lastNumber += 1
        heap.append(Event(time: time, number: lastNumber, action: action))
        var place = heap.count - 1
        while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// The first that is due, which is removed.
    mutating func takeDue(at now: UInt64) -> (() -> Void)? {
        guard let first = heap.first, first.time <= now else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return first.action }
        heap[0] = last
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
                least = child
            }
            guard least != place else { return first.action }
            heap.swapAt(place, least)
            place = least
        }
    }
}
