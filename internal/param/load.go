package param

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/gdbench/gdbench/internal/limit"
)

// Load reads the one YAML document of r, with aliases expanded.
// The result is a mapping node.
func Load(source Source, r io.Reader) (*yaml.Node, error) {
	text, err := io.ReadAll(io.LimitReader(r, limit.Bytes.Max()+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > limit.Bytes.Max() {
		return nil, &Error{Position{File: string(source)}, "the file is too large: " + limit.Bytes.Exceeded()}
	}
	// The library reads YAML 1.2 as far as a suite needs it, but knows the number 1.1 alone.
	decoder := yaml.NewDecoder(strings.NewReader(yamlVersion.ReplaceAllString(string(text), "${1}1.1")))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, &Error{Position{File: string(source), Line: 1, Column: 1}, "the file is empty; expected a map of keys and values, such as suite, problems and methods in a suite"}
	} else if err != nil {
		return nil, syntaxError(source, err)
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		return nil, source.Errorf(&second, "a second YAML document begins here; expected one document")
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxError(source, err)
	}
	l := loader{source: source, open: map[*yaml.Node]bool{}}
	root, err := l.expand(document.Content[0], 0)
	if err != nil {
		return nil, err
	}
	if root.Kind != yaml.MappingNode {
		return nil, source.Errorf(root, "found %s; expected a map of keys and values", describe(root))
	}
	return root, nil
}

var yamlVersion = regexp.MustCompile(`\A(%YAML )1\.2\b`)

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntaxError gives the YAML library's message the form of ours.
func syntaxError(source Source, err error) error {
	message := err.Error()
	position := Position{File: string(source), Line: 1, Column: 1}
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		message = message[len(m[0]):]
		if m[1] != "" {
			position.Line, _ = strconv.Atoi(m[1])
		}
	}
	return &Error{position, "not valid YAML: " + message}
}

// loader writes out aliases, counting nodes so that a few lines cannot become millions.
type loader struct {
	source Source
	nodes  int64
	open   map[*yaml.Node]bool // anchors being expanded, to refuse cycles
}

func (l *loader) expand(n *yaml.Node, depth int64) (*yaml.Node, error) {
	if l.nodes++; l.nodes > limit.Values.Max() {
		return nil, l.source.Errorf(n, "more than %d values after aliases are expanded; use a generator such as {log: [1e-3, 1, 40]} for long lists; %s", limit.Values.Max(), limit.Values.Exceeded())
	}
	if depth > limit.Depth.Max() {
		return nil, l.source.Errorf(n, "nested too deeply: %s", limit.Depth.Exceeded())
	}
	if n.Kind == yaml.AliasNode {
		if l.open[n.Alias] {
			return nil, l.source.Errorf(n, "alias *%s is used inside the value that it names", n.Value)
		}
		l.open[n.Alias] = true
		defer delete(l.open, n.Alias)
		return l.expand(n.Alias, depth+1)
	}
	if len(l.open) > 0 { // what an alias stands for is changed apart from the value that it names
		copied := *n
		copied.Content = slices.Clone(n.Content)
		n = &copied
	}
	for i, child := range n.Content {
		var err error
		if n.Content[i], err = l.expand(child, depth+1); err != nil {
			return nil, err
		}
	}
	if n.Kind == yaml.MappingNode {
		if err := l.checkKeys(n); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func (l *loader) checkKeys(n *yaml.Node) error {
	seen := map[string]*yaml.Node{}
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode:
			return l.source.Errorf(key, "found %s as a key; expected a name", describe(key))
		case key.Tag == "!!merge":
			return l.source.Errorf(key, "merge keys (<<) are not part of the suite language; write the keys out")
		case seen[key.Value] != nil:
			return l.source.Errorf(key, "duplicate key %q (first defined on line %d)", key.Value, seen[key.Value].Line)
		}
		seen[key.Value] = key
	}
	return nil
}

// describe names what a node is, for messages.
func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a map"
	case n.Kind == yaml.SequenceNode && len(n.Content) == 0:
		return "an empty list"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!null":
		return "nothing"
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		return fmt.Sprintf("the text %q", n.Value)
	}
	return fmt.Sprintf("%q", n.Value)
}
