package docs

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// typeName is an attribute's type in words, and what is to be known of its secrecy.
func typeName(a *tfprotov6.SchemaAttribute) string {
	name := ""
	switch {
	case a.NestedType == nil:
		name = valueType(a.Type)
	case a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSingle:
		name = "Object"
	case a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeMap:
		name = "Map of Object"
	case a.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeSet:
		name = "Set of Object"
	default:
		name = "List of Object"
	}
	if a.Sensitive {
		name += ", Sensitive"
	}
	if a.WriteOnly {
		name += ", Write-only"
	}
	return name
}

func valueType(t tftypes.Type) string {
	switch t := t.(type) {
	case tftypes.List:
		return "List of " + valueType(t.ElementType)
	case tftypes.Set:
		return "Set of " + valueType(t.ElementType)
	case tftypes.Map:
		return "Map of " + valueType(t.ElementType)
	case tftypes.Object:
		return "Object"
	}
	switch {
	case t.Is(tftypes.String):
		return "String"
	case t.Is(tftypes.Number):
		return "Number"
	case t.Is(tftypes.Bool):
		return "Boolean"
	}
	return "Dynamic"
}
