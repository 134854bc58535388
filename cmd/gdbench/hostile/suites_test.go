//go:build unix

package hostile

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// suites are what is broken: small ones, which together use the whole language, and those that
// gdbench comes with.
var suites = []string{`suite: small
repeats: 2
seed: 3
budget: {iterations: 50, seconds: 2}
stop: {gradient: 1e-6}
targets: {log: [1e-1, 1e-4, 4]}
problems:
  - rosenbrock
  - {name: quadratic, dim: [2, 5], condition: 10, start: {name: normal}}
methods:
  - {name: fixed-step, lr: [0.001, 1/L]}
  - {name: descent, direction: gradient, step: {name: armijo, alpha: 1e-4}}
  - newton
`, `suite: sums
budget: {epochs: 3}
problems: [{name: logistic, data: {name: csv, path: data.csv, label: y}, l2: 0.1}]
methods:
  - {name: sgd, lr: 0.1, batch: [1, 2]}
  - {name: adam, lr: {log: [1e-3, 1e-1, 3]}, batch: 2}
  - {name: heavy-ball, lr: 0.01, momentum: [0.5, 4/9]}
`, `suite: formulas
budget: {iterations: 30}
problems:
  - {name: expression, of: "x^4 - 2*x^2 + y^2", start: [1, 2]}
  - {name: expression, of: "sum(i, 0, n-1, x[i]^2)", dim: 3}
methods: [{name: bfgs}, {name: lbfgs, memory: 3}, {name: adam, lr: 0.01}]
expect:
  - {name: ends, says: BFGS gets there, method: bfgs, reaches: 1e-2}
`, `suite: composed
budget: {iterations: 20}
problems: [{name: lasso, data: {name: regression, samples: 20, features: 5}, l1: 0.1*lambda_max}]
methods: [{name: proximal-gradient, lr: [0.1/L, 1/L]}, fista]
exclude: [{method: proximal-gradient, lr: 0.1/L}]
`, `suite: foreign
processes: {mine: {run: [sh, ./program.sh], timeout: 1}}
budget: {iterations: 20}
problems: [rosenbrock]
methods: [{name: mine.descent, lr: 0.1}, fixed-step]
`}

const someData = "a,b,y\n1,2,0\n2,1,1\n3,5,0\n4,4,1\n0.5,1,1\n2,2,0\n"

func suiteAttack(w *words) attack {
	text := of(w, suites...)
	if w.IntN(3) == 0 {
		text = of(w, corpus.suites...)
	}
	if w.IntN(4) > 0 {
		text = w.breakTree(text)
	}
	if w.IntN(3) == 0 {
		text = w.breakText(text)
	}
	a := attack{long: true, suite: true, files: map[string]string{"suite.yaml": text, "data.csv": someData, "program.sh": "exit 1\n"}}
	a.args = of(w,
		[]string{"run", "suite.yaml", "--dry-run"},
		[]string{"run", "suite.yaml", "--no-report", "--out", "out"},
		[]string{"run", "suite.yaml", "--out", "out"},
		[]string{"run", "suite.yaml", "--shard", "1/3", "--out", "out"},
		[]string{"run", "suite.yaml", "--only", "method=adam", "--out", "out"},
		[]string{"show", "suite.yaml"},
		[]string{"submit", "suite.yaml", "--tasks", "2", "--dry-run"},
		[]string{"power", "suite.yaml", "--pilot", "2"},
	)
	return a
}

// breakTree changes nodes of a text in YAML.
func (w *words) breakTree(text string) string {
	var root yaml.Node
	if yaml.Unmarshal([]byte(text), &root) != nil || len(root.Content) == 0 {
		return text
	}
	for range 1 + w.IntN(3) {
		nodes := below(&root, nil)
		w.breakNode(of(w, nodes...), nodes)
	}
	out, err := yaml.Marshal(&root)
	if err != nil {
		return text
	}
	return string(out)
}

// below lists the nodes of a tree, without the root.
func below(n *yaml.Node, to []*yaml.Node) []*yaml.Node {
	for _, c := range n.Content {
		to = below(c, append(to, c))
	}
	return to
}

func (w *words) breakNode(n *yaml.Node, others []*yaml.Node) {
	switch w.IntN(7) {
	case 0, 1, 2:
		w.replace(n)
	case 3: // a key becomes another
		if n.Kind == yaml.MappingNode && len(n.Content) > 0 {
			n.Content[2*w.IntN(len(n.Content)/2)].Value = w.name()
		} else {
			n.Value = w.name()
		}
	case 4: // something is missing, or there twice
		if len(n.Content) > 1 {
			if k := w.IntN(len(n.Content)/2) * 2; w.IntN(2) == 0 {
				n.Content = append(n.Content[:k:k], n.Content[k+2:]...)
			} else {
				n.Content = append(n.Content, n.Content[k], n.Content[k+1])
			}
		}
	case 5: // lists in lists
		inner := *n
		for range of(w, 1, 2, 20) {
			copied := inner
			inner = yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{&copied}}
		}
		*n = inner
	case 6: // what belongs elsewhere
		other := of(w, others...)
		if !contains(other, n) && !contains(n, other) {
			*n = *other
		}
	}
}

func contains(tree, n *yaml.Node) bool {
	if tree == n {
		return true
	}
	for _, c := range tree.Content {
		if contains(c, n) {
			return true
		}
	}
	return false
}

// replace puts a hostile value in the place of a node, read as YAML where it is some.
func (w *words) replace(n *yaml.Node) {
	value := w.scalar()
	if w.IntN(6) == 0 {
		value = w.formula(3)
	}
	var read yaml.Node
	if yaml.Unmarshal([]byte(value), &read) == nil && len(read.Content) == 1 && read.Content[0].Kind != yaml.AliasNode {
		*n = *read.Content[0]
		return
	}
	*n = yaml.Node{Kind: yaml.ScalarNode, Value: value}
}

// breakText changes bytes and lines.
func (w *words) breakText(text string) string {
	at := w.IntN(len(text) + 1)
	switch w.IntN(8) {
	case 0:
		return text[:at]
	case 1:
		return text[:at] + w.scalar() + text[at:]
	case 2:
		return text[:at] + string([]byte{byte(w.IntN(256))}) + text[at:]
	case 3:
		return strings.ReplaceAll(text, "\n", of(w, "\r\n", "\r", "\n\n", " "))
	case 4:
		return "\ufeff" + text
	case 5:
		return strings.ReplaceAll(text, "  ", "\t")
	case 6:
		return text + "\n---\n" + text
	}
	lines := strings.Split(text, "\n")
	i, j := w.IntN(len(lines)), w.IntN(len(lines))
	lines[i], lines[j] = lines[j], lines[i]
	return strings.Join(lines, "\n")
}
