package main

import (
	"path"
	"reflect"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"
)

type object = map[string]any

// builder makes one document; each struct becomes one definition, so that types may name themselves.
type builder struct {
	enums       map[string][]string
	definitions object
}

func newBuilder(enums map[string][]string) *builder {
	return &builder{enums: enums, definitions: object{}}
}

// Types that are written as something else than their fields.
var special = map[reflect.Type]object{
	reflect.TypeFor[resource.Quantity]():    {"type": []string{"string", "number"}},
	reflect.TypeFor[intstr.IntOrString]():   {"type": []string{"string", "integer"}},
	reflect.TypeFor[meta.Time]():            {"type": "string", "format": "date-time"},
	reflect.TypeFor[meta.MicroTime]():       {"type": "string", "format": "date-time"},
	reflect.TypeFor[meta.Duration]():        {"type": "string"},
	reflect.TypeFor[meta.FieldsV1]():        {"type": "object"},
	reflect.TypeFor[runtime.RawExtension](): {"type": "object"},
}

func (b *builder) document(apiVersion, kind string, value any) object {
	schema := b.structure(reflect.TypeOf(value))
	properties := schema["properties"].(object)
	delete(properties, "status")
	properties["apiVersion"] = object{"const": apiVersion}
	properties["kind"] = object{"const": kind}
	schema["required"] = []string{"apiVersion", "kind", "metadata"}
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["definitions"] = b.definitions
	return schema
}

func (b *builder) of(t reflect.Type) object {
	if known, ok := special[t]; ok {
		return known
	}
	switch t.Kind() {
	case reflect.Pointer:
		return b.of(t.Elem())
	case reflect.Struct:
		return b.reference(t)
	case reflect.Map:
		return object{"type": "object", "additionalProperties": b.of(t.Elem())}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return object{"type": "string"}
		}
		return object{"type": "array", "items": b.of(t.Elem())}
	case reflect.String:
		if values, ok := b.enums[t.PkgPath()+"."+t.Name()]; ok {
			return object{"type": "string", "enum": values}
		}
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return object{"type": "number"}
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint32, reflect.Uint64:
		return object{"type": "integer"}
	default:
		return object{}
	}
}

func (b *builder) reference(t reflect.Type) object {
	name := strings.ReplaceAll(path.Base(path.Dir(t.PkgPath()))+"."+path.Base(t.PkgPath()), "/", ".") + "." + t.Name()
	if _, begun := b.definitions[name]; !begun {
		b.definitions[name] = object{}
		b.definitions[name] = b.structure(t)
	}
	return object{"$ref": "#/definitions/" + name}
}

func (b *builder) structure(t reflect.Type) object {
	properties, required := object{}, []string{}
	b.fields(t, properties, &required)
	schema := object{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema
}

// fields adds those of t, and those of structs that are written inline. Required is what is always written: neither
// omitempty nor omitzero nor a pointer.
func (b *builder) fields(t reflect.Type, properties object, required *[]string) {
	for i := range t.NumField() {
		field := t.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		inline := strings.Contains(options, "inline") || (field.Anonymous && name == "")
		switch {
		case name == "-" || !field.IsExported():
		case inline:
			inner := field.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			b.fields(inner, properties, required)
		default:
			properties[name] = b.of(field.Type)
			if !strings.Contains(options, "omit") && field.Type.Kind() != reflect.Pointer {
				*required = append(*required, name)
			}
		}
	}
}
