package export

import (
	"reflect"
	"strings"
	"unicode"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// limitFields are the limits that are set, in the contract's order; one that is null is unlimited, as is one that a
// configuration leaves out.
func limitFields(limits client.TenantLimits) []field {
	var fields []field
	value := reflect.ValueOf(limits)
	for i := range value.NumField() {
		name, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("json"), ",")
		if limit, ok := value.Field(i).Interface().(*int64); ok && limit != nil {
			fields = append(fields, field{snake(name), number(*limit)})
		}
	}
	return fields
}

// snake turns the contract's names into Terraform's.
func snake(name string) string {
	var b strings.Builder
	for _, r := range name {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
