// Package seal ends lines of run files and baselines with a checksum. A sealed line is a
// JSON object whose last key is a checksum (CRC-32, IEEE) of everything before it except the
// times: a line that was edited or damaged is noticed, and the checksum is the same from run
// to run.
package seal

import (
	"bytes"
	"errors"
	"hash/crc32"
	"slices"
)

const (
	sealStart  = `,"check":"`
	sealLength = len(sealStart) + 8 + len(`"}`)
)

// Line ends a line, an object as json.Encoder writes it, with its checksum.
func Line(line []byte) []byte {
	return append(Append(bytes.TrimSuffix(line, []byte("\n")), 0), '\n')
}

// Append does so for the object that begins at from and ends with b.
func Append(b []byte, from int) []byte {
	b = b[:len(b)-len("}")]
	return appendSeal(b, checksum(b[from:]))
}

func appendSeal(b []byte, sum uint32) []byte {
	b = append(b, sealStart...)
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, "0123456789abcdef"[sum>>shift&0xf])
	}
	return append(b, `"}`...)
}

// ErrBroken is a line that does not agree with its checksum.
var ErrBroken = errors.New("the line does not agree with its checksum: it was edited or damaged")

// Retime puts another time, a number of JSON, into the last field "seconds" of a sealed
// line. The seal holds as before, for it leaves times out.
func Retime(line, seconds []byte) []byte {
	key := []byte(`"seconds":`)
	at := bytes.LastIndex(line, key) + len(key)
	out := append(slices.Clone(line[:at]), seconds...)
	return append(out, line[at+timeLength(line[at:]):]...)
}

// Check reports whether a line is sealed; the error says that the seal is broken.
func Check(line []byte) (sealed bool, err error) {
	line = bytes.TrimRight(line, "\r\n")
	body := line[:max(0, len(line)-sealLength)]
	found := line[len(body):]
	if !bytes.HasPrefix(found, []byte(sealStart)) {
		return false, nil
	}
	if expected := appendSeal(make([]byte, 0, sealLength), checksum(body)); !bytes.Equal(found, expected) {
		return true, ErrBroken
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
