package suite

import (
	"github.com/gdbench/gdbench/internal/param"
	"github.com/gdbench/gdbench/methods"
	"github.com/gdbench/gdbench/problems"
)

// Schema is the JSON Schema of the suite language, with every registered component.
func Schema() param.Schema {
	properties, required := param.FieldsSchema(param.StructFields(&Header{}), false)
	list := func(items param.Schema) param.Schema {
		return param.Schema{"type": "array", "minItems": 1, "items": items}
	}
	properties["problems"] = list(problems.Registry.Schema(&ProblemKeys{}))
	properties["methods"] = list(methods.Registry.Schema(&MethodKeys{}))
	properties["exclude"] = param.Schema{"type": "array", "items": param.Schema{"type": "object"}, "description": "cells to leave out: those that match every key of one of these maps"}
	return param.Schema{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "gdbench suite", "type": "object", "properties": properties, "additionalProperties": false,
		"required": append(required, "problems", "methods"), "$defs": param.SchemaDefinitions(),
	}
}
