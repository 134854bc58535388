//go:build unix

package hostile

import (
	"fmt"
	"os/exec"
	"strings"
)

// programAttack is a program whose protocol is broken in one place.
func programAttack(w *words) attack {
	a := attack{long: true, files: map[string]string{"program.py": w.program(), "data.csv": someData}}
	command := python + " program.py"
	a.args = of(w,
		[]string{"try", "rosenbrock", "--process", command, "--method", "mine.descent"},
		[]string{"try", "mine.bowl", "--process", command},
		[]string{"check", "--process", command},
		[]string{"list", "methods", "--process", command},
		[]string{"list", "problems", "--process", command, "--json"},
		[]string{"show", "mine.descent", "--process", command},
		[]string{"eval", "mine.bowl", "--process", command, "--at", "1,2"},
		[]string{"schema", "--process", command},
		[]string{"run", "suite.yaml", "--out", "out"},
	)
	a.files["suite.yaml"] = `suite: foreign
processes: {mine: {run: [` + python + `, ./program.py], timeout: 1}}
budget: {iterations: 20, seconds: 2}
problems: [{name: mine.bowl, dim: 2}, rosenbrock]
methods: [{name: mine.descent, lr: 0.1}, {name: fixed-step, lr: 0.001}]
`
	return a
}

// python is the interpreter, without the scripts that some put before it.
var python = func() string {
	if path, err := exec.LookPath("/usr/bin/python3"); err == nil {
		return path
	}
	return "python3"
}()

// program speaks the protocol of docs/protocol.md, but for one line that is another.
func (w *words) program() string {
	const built = `"build" in m and tell({"built": {"dim": 2, "start": [1, 2], "convexity": "convex", "minimum": {"value": 0}}}) or "run" in m and descend()`
	lines := []string{
		"import sys, struct, json, os, time, signal",
		"def read(n):",
		"    b = b''",
		"    while len(b) < n:",
		"        p = os.read(3, n - len(b))",
		"        if not p: sys.exit()",
		"        b += p",
		"    return b",
		"def line():",
		"    b = b''",
		"    while not b.endswith(b'\\n'): b += read(1)",
		"    return b",
		"def tell(m): os.write(4, (json.dumps(m) + '\\n').encode())",
		"def send(kind, *x): os.write(4, kind + b'\\0\\0\\0' + struct.pack('<I', 8*len(x)) + struct.pack('<%dd' % len(x), *x))",
		"def descend():",
		"    n, x = struct.unpack('<I', read(8)[4:])[0], [1.0, 2.0]",
		"    read(n)",
		"    for i in range(50):",
		"        send(b'E', *x)",
		"        if read(1) == b'S': read(7); break",
		"        f, *g = struct.unpack('<3d', read(31)[7:])",
		"        x = [a - 0.1*b for a, b in zip(x, g)]",
		"        " + of(w, "send(b'I', *x)", "send(b'I', *x)", "send(b'I', *x)", "send(b'I', 1.0)", "send(b'Q', *x)", "pass", "sys.exit(1)", "send(b'I', float('nan'), 0.0)", "[send(b'I', *x) for k in range(100000)]"),
		"    tell({'done': {'message': 'all done'}})",
		"hello = line()",
		fmt.Sprintf("tell(%s)", w.hello()),
		"while True:",
		"    head = read(1)",
		"    if head == b'{':",
		"        m = json.loads(head + line())",
		"        " + of(w, built, built, built, built, "tell(m)", "pass", "sys.exit(3)", "tell({})", "time.sleep(100)"),
		"    else:",
		"        rest = read(7); n = struct.unpack('<I', rest[3:])[0]; x = read(n)",
		"        if head == b'N': os.write(4, b'n' + rest + x); continue",
		"        " + w.answer(),
	}
	if w.IntN(3) == 0 {
		at := w.IntN(len(lines))
		if !strings.HasPrefix(lines[at], "    ") && !strings.HasSuffix(lines[at], ":") {
			lines[at] = of(w, "print('hello')", "sys.exit(1)", "os.kill(os.getpid(), signal.SIGKILL)", "time.sleep(100)", "os.write(4, b'garbage\\n')",
				"os.write(4, os.urandom(100))", "os.close(4)", "os.close(3)", "raise ValueError('\\x1b[31m')", "sys.stderr.write('e' * 10_000_000)",
				"os.write(4, b'{' * 100_000)", "os.fork()", "signal.signal(signal.SIGTERM, signal.SIG_IGN)", "exit(", "x = 'a' * 10**8")
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// hello is what the program has, as a dictionary of Python.
func (w *words) hello() string {
	parameter := of(w, `{"name": "lr", "type": "number", "default": 0.1, "range": "(0,)"}`, `{"name": "lr"}`, `{"name": "lr", "type": "no such"}`,
		`{"name": "", "type": "number"}`, `{"name": "lr", "type": "number", "default": "x"}`, `{"name": "lr", "type": "number", "range": "(1,0)"}`, `3`)
	method := of(w, `{"name": "descent", "summary": "s", "parameters": [`+parameter+`]}`, `{"name": "descent"}`, `{"name": "\x1b[31m"}`, `{}`, `{"name": "a b"}`,
		`{"name": "descent"}, {"name": "descent"}`, `None`, `{"name": "x" * 100000}`)
	problem := of(w, `{"name": "bowl", "summary": "s", "parameters": [{"name": "dim", "type": "integer", "default": 2}]}`, `{"name": "bowl"}`, `{"name": "bowl", "facts": 3}`, `{}`)
	protocol := of(w, "1", "1", "1", "1", "2", "0", "-1", `"1"`, "1e99", "None")
	return fmt.Sprintf(`{"hello": {"protocol": %s, "name": "mine", "version": "1", "methods": [%s], "problems": [%s]}}`, protocol, method, problem)
}

// answer is what the program does when it is asked something.
func (w *words) answer() string {
	const bowl = "x = struct.unpack('<2d', x); send(bytes([head[0] + 32]), *([x[0]**2 + x[1]**2] * (head in b'VE')), *([2*x[0], 2*x[1]] * (head in b'GE')))"
	return of(w,
		bowl, bowl, bowl, "send(bytes([head[0] + 32]), 1.0)", "send(bytes([head[0] + 32]))",
		"send(bytes([head[0] + 32]), float('nan'), float('inf'), 0.0)", "send(head, 1.0)", "send(b'z', *([1.0] * 1000))", "pass", "sys.exit(0)", "os.abort()",
		"os.write(4, b'e\\0\\0\\0\\xff\\xff\\xff\\xff')", "os.write(4, b'e\\0\\0\\0\\xff\\xff\\xff\\x3f')", "time.sleep(100)", "os.write(4, b'{}\\n')", "os.write(4, os.urandom(64))",
		"tell({'done': {'message': 'x' * 1000000}})", "tell({'error': '\\x1b[31m'})", "raise RuntimeError('no')")
}
