package results

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
)

// A sealed line is a JSON object whose last key is a checksum (CRC-32, IEEE) of all that
// stands before it: a line that was edited or damaged is noticed.
const (
	sealStart  = `,"check":"`
	sealFormat = sealStart + `%08x"}`
	sealLength = len(sealStart) + 8 + len(`"}`)
)

// Seal ends a line, an object as json.Encoder writes it, with its checksum.
func Seal(line *bytes.Buffer) {
	line.Truncate(line.Len() - len("}\n"))
	fmt.Fprintf(line, sealFormat+"\n", crc32.ChecksumIEEE(line.Bytes()))
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
	if fmt.Sprintf(sealFormat, crc32.ChecksumIEEE(body)) != string(seal) {
		return true, errSeal
	}
	return true, nil
}
