import Apus
import ApusJOSE
import ApusTesting
import Foundation

/// Tokens that are issued and checked while keys rotate, are revoked and end, and while the clocks of both sides are apart.
///
/// A valid token is never refused, and one that was revoked, has ended, has not begun, or was forged is never accepted.
enum KeyRotation: Scenario {
    static let name = "key-rotation"

    static func script(by dice: inout SplitMix64) -> [RotationAction] {
        (0..<dice.number(in: 2...24)).map { RotationAction($0, by: &dice) }
    }

    static func play(_ script: [RotationAction], in world: World) async throws {
        let range = world.happens(0.8) ? -30...30 : -100...100
        let service = try TokenService(
            issuerClock: DriftingClock(of: world, ahead: world.random(in: range)),
            validatorClock: DriftingClock(of: world, ahead: world.random(in: range)))
        try await world.test(service.issuer) { issuer in
            try await world.test(service.validator) { validator in
                let player = RotationPlayer(service: service, issuer: issuer, validator: validator, world: world)
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for action in script {
                        try await world.sleep(for: action.pause)
                        if action.isAwaited {
                            try await player.play(action)
                        } else {
                            tasks.addTask { try await player.play(action) }
                        }
                    }
                    try await tasks.waitForAll()
                }
            }
        }
    }
}
