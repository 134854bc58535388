module github.com/gdbench/gdbench

go 1.26.0

require (
	github.com/agnivade/levenshtein v1.2.2
	github.com/montanaflynn/stats v0.14.0
	golang.org/x/sys v0.49.0
	gonum.org/v1/gonum v0.17.0
	gopkg.in/yaml.v3 v3.0.1
)

require golang.org/x/tools v0.30.0 // indirect
