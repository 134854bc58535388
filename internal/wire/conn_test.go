package wire

import (
	"encoding/binary"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// piped is a connection that reads what is written to the file, which stays open until it is closed.
func piped(t *testing.T) (*Conn, *os.File) {
	t.Helper()
	in, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := NewConn(in, out, 0)
	t.Cleanup(func() { c.Close() })
	return c, out
}

// What is sent arrives, bit by bit, also where it does not fit into the buffers of the reader.
func TestFrames(t *testing.T) {
	for _, n := range []int{0, 1, 3, 8191, 8192, 100_000} {
		c, _ := piped(t)
		x := make([]float64, n)
		for i := range x {
			x[i] = math.Float64frombits(uint64(i) * 0x9e3779b97f4a7c15) // some are NaN
		}
		sent := make(chan error, 1)
		go func() { sent <- c.Send(Evaluate, 7, x...) }()
		head, err := c.Next()
		if err != nil || head != (Head{Kind: Evaluate, Number: 7, Length: 8 * n}) {
			t.Fatalf("%d numbers: %+v, %v", n, head, err)
		}
		got := make([]float64, n)
		if err := c.ReadFloats(head, got[:n/2], got[n/2:]); err != nil {
			t.Fatal(err)
		}
		if err := <-sent; err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(x, got, func(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }) {
			t.Errorf("%d numbers differ on the way", n)
		}
	}
}

func TestIndices(t *testing.T) {
	c, _ := piped(t)
	c.Begin(On, 1)
	c.Floats(0.5)
	c.Indices([]int32{3, 1, 1 << 30})
	if err := c.End(); err != nil {
		t.Fatal(err)
	}
	head, err := c.Next()
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float64, 1)
	indices, err := c.ReadIndices(head, x, nil)
	if err != nil || x[0] != 0.5 || !slices.Equal(indices, []int32{3, 1, 1 << 30}) {
		t.Errorf("%v, %v, %v", x, indices, err)
	}
}

// The bytes are those of docs/protocol.md.
func TestBytes(t *testing.T) {
	c, _ := piped(t)
	if err := c.Send(Gradient, 0x102, 1); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 16)
	if _, err := c.in.Read(got); err != nil {
		t.Fatal(err)
	}
	want := []byte{'G', 0, 2, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f}
	if !slices.Equal(got, want) {
		t.Errorf("% x; expected % x", got, want)
	}
}

func TestLine(t *testing.T) {
	c, _ := piped(t)
	long := strings.Repeat("x", 1<<17) // longer than the buffer of the reader
	go c.Tell(Control{Error: long})
	if head, err := c.Next(); err != nil || head.Kind != Line {
		t.Fatalf("%+v, %v", head, err)
	}
	if m, err := c.Control(); err != nil || m.Error != long {
		t.Errorf("%d bytes, %v; expected %d", len(m.Error), err, len(long))
	}
}

// What is not a message, is too large, has another size or ends too early is an error that says so.
func TestBadMessages(t *testing.T) {
	frame := func(kind byte, length uint32, payload string) string {
		return string(binary.LittleEndian.AppendUint32([]byte{kind, 0, 0, 0}, length)) + payload
	}
	for _, c := range []struct{ name, text, want string }{
		{"text", "Loading, please wait\n", `sent "Loading, please wait\n", which is no message`},
		{"part of a head", "V\x00\x00", `sent "V\x00\x00", which is no message`},
		{"a second byte", "V\x01\x00\x00\x08\x00\x00\x00", "which is no message"},
		{"a size", frame('v', maxFrame+1, ""), "which is no message"},
		{"too few", frame('v', 8, strings.Repeat("a", 8)), "sent a frame 'v' of 8 bytes; expected 16"},
		{"no multiple", frame('v', 15, strings.Repeat("a", 15)), "sent a frame 'v' of 15 bytes; expected 16"},
		{"cut", frame('v', 16, "abc"), "ended in the middle of a frame of 16 bytes"},
		{"nothing", "", "EOF"},
		{"a cut line", `{"done": `, "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn, out := piped(t)
			if _, err := out.WriteString(c.text); err != nil {
				t.Fatal(err)
			}
			out.Close()
			head, err := conn.Next()
			if err == nil {
				err = conn.ReadFloats(head, make([]float64, 2))
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; expected %q", err, c.want)
			}
		})
	}
}

// An answer that does not come is an error after the timeout, and one that comes is none.
func TestTimeout(t *testing.T) {
	c, _ := piped(t)
	c.SetTimeout(50 * time.Millisecond)
	if _, err := c.Next(); err == nil || !strings.Contains(err.Error(), "no answer within 50ms") {
		t.Errorf("%v", err)
	}
	c.SetTimeout(time.Minute)
	if err := c.Send(Ping, 0); err != nil {
		t.Fatal(err)
	}
	if head, err := c.Next(); err != nil || head.Kind != Ping {
		t.Errorf("%+v, %v", head, err)
	}
	if err := c.Pending(); err != nil {
		t.Error(err)
	}
	if _, err := c.out.WriteString("Epoch 1"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.reader.Peek(1); err != nil {
		t.Fatal(err)
	}
	if err := c.Pending(); err == nil || !strings.Contains(err.Error(), `sent "Epoch 1" without being asked`) {
		t.Errorf("%v", err)
	}
}
