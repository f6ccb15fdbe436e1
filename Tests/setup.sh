# shellcheck shell=bash
# Prepares a machine to build Apus. Sourced by Samples/run, Samples/build and Tests/run; needs only bash and Debian's base system.

say() {
    printf '%s\n' "$*"
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# prepare_machine COMMAND...
# Checks Swift and installs what else is missing: OpenSSL's headers and the named commands, each from the Debian package
# of the same name. pkg-config has to be one of them.
prepare_machine() {
    require_swift
    local missing=() command
    for command in "$@"; do
        command -v "$command" >/dev/null || missing+=("$command")
    done
    if ! pkg-config --exists 'openssl >= 3.0' 2>/dev/null; then
        missing+=(libssl-dev)
    fi
    if ((${#missing[@]} > 0)); then
        install_packages "${missing[@]}"
    fi
    pkg-config --exists 'openssl >= 3.0' || fail "OpenSSL 3.0 or later is needed, but pkg-config does not find it." \
        "Debian 12's libssl-dev has it."
}

# release_flags prints how samples are built: with Swift's libraries inside where the toolchain has them for that, which starts
# sooner, takes less memory, and needs no Swift on the machine that it runs on.
release_flags() {
    local toolchain
    toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")
    printf '%s\n' -c release
    if [[ -d $toolchain/lib/swift_static ]]; then
        printf '%s\n' --static-swift-stdlib
    fi
}

require_swift() {
    command -v swift >/dev/null || fail "'swift' is not in PATH. Install Swift 6.2 or later from" \
        "https://www.swift.org/install/linux/ and run this again."
    local version
    version=$(swift --version 2>/dev/null) || fail "'swift --version' does not work. Is the toolchain complete?"
    if [[ $version =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]]; then
        if ((BASH_REMATCH[1] < 6 || (BASH_REMATCH[1] == 6 && BASH_REMATCH[2] < 2))); then
            fail "Swift 6.2 or later is needed, but this is ${BASH_REMATCH[1]}.${BASH_REMATCH[2]}."
        fi
    else
        fail "'swift --version' does not name a version. Expected Swift 6.2 or later."
    fi
}

install_packages() {
    command -v apt-get >/dev/null || fail "$* not found, and there is no apt-get to install it with." \
        "Install it with this system's package manager and run this again."
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "$* not found. Run 'apt-get install $*' as root, then run this again."
        as_root=(sudo)
    fi
    say "Installing $* with apt-get"
    # A fresh machine or container has no package lists, without which nothing can be found.
    "${as_root[@]}" apt-get update -q || fail "'apt-get update' failed; see its message above."
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" ||
        fail "'apt-get install $*' failed; see its message above."
}
