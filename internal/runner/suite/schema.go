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
	properties["problems"] = list(param.Of[problems.Problem]().Schema(&ProblemKeys{}))
	properties["methods"] = list(param.Of[methods.Method]().Schema(&MethodKeys{}))
	properties["exclude"] = param.Schema{"type": "array", "items": param.Schema{"type": "object"}, "description": "cells to leave out: those that match every key of one of these maps"}
	claim, needed := param.FieldsSchema(param.StructFields(&Claim{}), false)
	claim["on"] = param.Schema{"type": []string{"string", "array"}, "items": param.Schema{"type": "string"}, "description": "names or labels of problems (default: all)"}
	claim["where"] = param.Schema{"type": "object", "description": "settings of the cells that the claim is about, such as {lr: 2.1/L}"}
	claim["beats-where"] = param.Schema{"type": "object", "description": "settings of the method that is beaten"}
	properties["expect"] = param.Schema{"type": "array", "description": "claims that are checked at the end of a run",
		"items": param.Schema{"type": "object", "properties": claim, "required": needed, "additionalProperties": false}}
	look, necessary := param.FieldsSchema(param.StructFields(&Look{}), false)
	look["expect"] = param.Schema{"type": []string{"string", "array"}, "items": param.Schema{"type": "string"}, "description": "names of the claims that it rests on"}
	properties["look"] = param.Schema{"type": "array", "description": "what to look at in the results, with the claims that show it",
		"items": param.Schema{"type": "object", "properties": look, "required": necessary, "additionalProperties": false}}
	return param.Schema{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "gdbench suite", "type": "object", "properties": properties, "additionalProperties": false,
		"required": append(required, "problems", "methods"), "$defs": param.SchemaDefinitions(),
	}
}
