package results

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
)

// A sealed line is a JSON object whose last key is a checksum (CRC-32, IEEE) of all that
// stands before it but the times: a line that was edited or damaged is noticed, and the
// checksum is the same from run to run.
const (
	sealStart  = `,"check":"`
	sealFormat = sealStart + `%08x"}`
	sealLength = len(sealStart) + 8 + len(`"}`)
)

// Seal ends a line, an object as json.Encoder writes it, with its checksum.
func Seal(line *bytes.Buffer) {
	line.Truncate(line.Len() - len("}\n"))
	fmt.Fprintf(line, sealFormat+"\n", checksum(line.Bytes()))
}

// errSeal is a line that does not agree with its checksum.
var errSeal = errors.New("the line does not agree with its checksum: it was edited or damaged")

// checkSeal reports whether a line is sealed; the error says that the seal is broken.
func checkSeal(line []byte) (sealed bool, err error) {
	line = bytes.TrimRight(line, "\r\n")
	body := line[:max(0, len(line)-sealLength)]
	seal := line[len(body):]
	if !bytes.HasPrefix(seal, []byte(sealStart)) {
		return false, nil
	}
	if fmt.Sprintf(sealFormat, checksum(body)) != string(seal) {
		return true, errSeal
	}
	return true, nil
}

// checksum is the CRC-32 of a line without the values of its fields "seconds".
func checksum(line []byte) uint32 {
	key := []byte(`"seconds":`)
	var sum uint32
	for {
		at := bytes.Index(line, key)
		if at < 0 {
			return crc32.Update(sum, crc32.IEEETable, line)
		}
		at += len(key)
		sum = crc32.Update(sum, crc32.IEEETable, line[:at])
		line = line[at+timeLength(line[at:]):]
	}
}

// timeLength is the length of the number or list that text begins with; nothing may
// follow it.
func timeLength(text []byte) int {
	if bytes.HasPrefix(text, []byte("[")) {
		return bytes.IndexByte(text, ']') + 1
	}
	if end := bytes.IndexAny(text, ",}"); end >= 0 {
		return end
	}
	return len(text)
}
