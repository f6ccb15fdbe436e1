# awk -f readme.awk README.md SAMPLE.swift...
# Every ```swift block of the first file must stand in one of the others: the same lines in one run, with no difference
# but the indentation that all of them share.

FILENAME == ARGV[1] {
    if (!inside && match($0, /^ *```swift *$/)) {
        inside = 1
        start[++blocks] = FNR
        lines[blocks] = 0
    } else if (inside && match($0, /^ *``` *$/)) {
        inside = 0
    } else if (inside) {
        block[blocks, ++lines[blocks]] = $0
    }
    next
}

FNR == 1 { files++ }

{
    sample[files, FNR] = $0
    length_of[files] = FNR
}

END {
    if (inside) {
        print "README: the block that begins at line " start[blocks] " has no end" > "/dev/stderr"
        exit 1
    }
    if (blocks == 0) {
        print "README: expected Swift code that is part of a sample, and found no ```swift block" > "/dev/stderr"
        exit 1
    }
    for (b = 1; b <= blocks; b++) {
        trim(b)
        if (lines[b] > 0 && found(b)) continue
        print "README: no sample has the code of the block at line " start[b] "; make the two equal" > "/dev/stderr"
        failed = 1
    }
    if (failed) exit 1
    print blocks " blocks of Swift code are parts of samples"
}

function indentation(line) {
    match(line, /^ */)
    return RLENGTH
}

# Takes the indentation that all its lines share off a block.
function trim(b,    i, least) {
    least = -1
    for (i = 1; i <= lines[b]; i++) {
        if (block[b, i] != "" && (least < 0 || indentation(block[b, i]) < least)) least = indentation(block[b, i])
    }
    for (i = 1; i <= lines[b]; i++) block[b, i] = substr(block[b, i], least + 1)
}

function found(b,    f, first) {
    for (f = 1; f <= files; f++) {
        for (first = 1; first + lines[b] - 1 <= length_of[f]; first++) {
            if (matches(b, f, first)) return 1
        }
    }
    return 0
}

function matches(b, f, first,    i, line, depth) {
    depth = -1
    for (i = 1; i <= lines[b]; i++) {
        line = sample[f, first + i - 1]
        if (block[b, i] == "" || line == "") {
            if (block[b, i] != line) return 0
            continue
        }
        if (depth < 0) depth = indentation(line) - indentation(block[b, i])
        if (depth < 0 || indentation(line) < depth || substr(line, depth + 1) != block[b, i]) return 0
    }
    return 1
}
