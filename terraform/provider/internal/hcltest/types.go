package hcltest

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// typeOf is the type as HCL's evaluation knows it; whatever an object has may be left out.
func typeOf(t tftypes.Type) cty.Type {
	switch t := t.(type) {
	case tftypes.List:
		return cty.List(typeOf(t.ElementType))
	case tftypes.Set:
		return cty.Set(typeOf(t.ElementType))
	case tftypes.Map:
		return cty.Map(typeOf(t.ElementType))
	case tftypes.Object:
		attributes := map[string]cty.Type{}
		var names []string
		for name, attribute := range t.AttributeTypes {
			attributes[name] = typeOf(attribute)
			names = append(names, name)
		}
		return cty.ObjectWithOptionalAttrs(attributes, names)
	}
	switch {
	case t.Is(tftypes.String):
		return cty.String
	case t.Is(tftypes.Number):
		return cty.Number
	case t.Is(tftypes.Bool):
		return cty.Bool
	}
	return cty.DynamicPseudoType
}
