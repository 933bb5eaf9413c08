package provider

import (
	"context"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// maxPatternLength is the contract's bound of ChannelPattern.
const maxPatternLength = 255

// channelPattern refuses at plan time what the gateway refuses as 40003 or as an invalid pattern, so that a mistake
// is seen before anything is changed.
type channelPattern struct{}

// ChannelPattern validates a pattern over channel names: segments separated by ":", a "*" only at the end of a segment.
func ChannelPattern() validator.String { return channelPattern{} }

func (channelPattern) Description(context.Context) string {
	return "a channel pattern of 1 to 255 characters: segments separated by ':', '*' only at the end of a segment"
}

func (v channelPattern) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v channelPattern) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if fault := patternFault(req.ConfigValue.ValueString()); fault != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid channel pattern", fault)
	}
}

// patternFault says which rule a pattern breaks, or nothing.
func patternFault(pattern string) string {
	if n := utf8.RuneCountInString(pattern); n == 0 || n > maxPatternLength {
		return "A pattern has 1 to 255 characters."
	}
	runes := []rune(pattern)
	for i, r := range runes {
		if unicode.IsControl(r) {
			return "A pattern has no control characters."
		}
		endsSegment := i+1 == len(runes) || runes[i+1] == ':'
		if r == '*' && !endsSegment {
			return "'*' stands at the end of a segment, as in chat:* or chat-*:log; got " + pattern + "."
		}
	}
	return ""
}
