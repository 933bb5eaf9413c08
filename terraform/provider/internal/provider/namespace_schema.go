package provider

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"tidegate.io/tidegate/terraform-provider-tidegate/internal/client"
)

// The contract's forms of names (NamespaceName, AppId).
var (
	namespaceName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	appID         = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)
)

// What a namespace is when nothing but its pattern is given. The same figures as in the contract's NamespaceRules: a
// PUT replaces the whole set of rules, so leaving an attribute out has to mean its default, not "as it is".
const (
	defaultDurability      = "window"
	defaultWindowMessages  = 1000
	defaultWindowSeconds   = 120
	defaultRetentionDays   = 30
	defaultRewindMessages  = 100
	defaultRewindSeconds   = 120
	defaultMaxMessageBytes = 65536
	defaultPublic          = false
	defaultClientPublish   = true
	defaultPresenceMode    = "members"
	defaultMaxMembers      = 1000
	defaultGraceSeconds    = 15
	defaultConflate        = "none"
	defaultRequireClientID = false
)

// namespaceSchema has every rule of the contract, each with the contract's default and bounds.
func namespaceSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Rules for the channels of an app that match a pattern. Of the namespaces that match a channel one applies: most literal segments, then most literal characters, then name. " +
			"Creating never overwrites a namespace that exists already: import that one.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{
				MarkdownDescription: "`app_id/name`, as in imports.",
				Computed:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"app_id": schema.StringAttribute{
				MarkdownDescription: "The app it belongs to. Another one makes a new namespace.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{stringvalidator.RegexMatches(appID, "must be an app's id, such as 482913")},
			},
			"name": schema.StringAttribute{
				MarkdownDescription: "1 to 64 letters, digits, `_` and `-`. Another one makes a new namespace.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{stringvalidator.RegexMatches(namespaceName, "must be 1 to 64 letters, digits, _ and -, beginning with a letter or digit")},
			},
			"pattern": schema.StringAttribute{
				MarkdownDescription: "Which channels: segments separated by `:`; `*` is one segment, a trailing `*` the rest, `chat-*` a segment beginning so, `*` alone every channel.",
				Required:            true,
				Validators:          []validator.String{ChannelPattern()},
			},
			"durability": schema.StringAttribute{
				MarkdownDescription: "What an acknowledged publish survives: `none` nothing, `window` the loss of any node (last messages kept in memory), `durable` a kill of anything (committed to PostgreSQL). " +
					"A change takes effect for live channels after 10 s as a new epoch, and earlier messages leave their history; the plan warns of it. Default `window`.",
				Optional:   true,
				Computed:   true,
				Default:    stringdefault.StaticString(defaultDurability),
				Validators: []validator.String{stringvalidator.OneOf("none", "window", "durable")},
			},
			"window": schema.SingleNestedAttribute{
				MarkdownDescription: "How much durability `window` keeps, whichever is less.",
				Optional:            true,
				Computed:            true,
				Default:             objectdefault.StaticValue(spanObject(client.Span{Messages: defaultWindowMessages, Seconds: defaultWindowSeconds})),
				Attributes: map[string]schema.Attribute{
					"messages": bounded("Messages, 1 to 100000. Default 1000.", 1, 100000, defaultWindowMessages),
					"seconds":  bounded("Seconds, 1 to 86400. Default 120.", 1, 86400, defaultWindowSeconds),
				},
			},
			"retention_days": bounded("How long durability `durable` keeps a message, 1 to 3650 days; the tenant's `history_days` may make it less. Default 30.", 1, 3650, defaultRetentionDays),
			"rewind": schema.SingleNestedAttribute{
				MarkdownDescription: "How far back `subscribe` alone may begin; further back needs `history`.",
				Optional:            true,
				Computed:            true,
				Default:             objectdefault.StaticValue(spanObject(client.Span{Messages: defaultRewindMessages, Seconds: defaultRewindSeconds})),
				Attributes: map[string]schema.Attribute{
					"messages": bounded("Messages, 0 to 1000. Default 100.", 0, 1000, defaultRewindMessages),
					"seconds":  bounded("Seconds, 0 to 86400. Default 120.", 0, 86400, defaultRewindSeconds),
				},
			},
			"max_message_bytes": bounded("Size of one message, 1 to 65536; the tenant's may be less. Default 65536.", 1, 65536, defaultMaxMessageBytes),
			"public":            flag("Whether a key name alone, without a secret, may subscribe. Default `false`.", defaultPublic),
			"client_publish":    flag("Whether tokens may publish, where their capabilities allow it. Default `true`.", defaultClientPublish),
			"presence": schema.SingleNestedAttribute{
				MarkdownDescription: "Who is present in a channel.",
				Optional:            true,
				Computed:            true,
				Default: objectdefault.StaticValue(presenceObject(client.NamespacePresence{
					Mode: defaultPresenceMode, MaxMembers: defaultMaxMembers, GraceSeconds: defaultGraceSeconds,
				})),
				Attributes: map[string]schema.Attribute{
					"mode": schema.StringAttribute{
						MarkdownDescription: "`members` who, `occupancy` only how many, `off` nothing. Default `members`.",
						Optional:            true,
						Computed:            true,
						Default:             stringdefault.StaticString(defaultPresenceMode),
						Validators:          []validator.String{stringvalidator.OneOf("members", "occupancy", "off")},
					},
					"max_members":   bounded("Members of one channel, 1 to 100000. Default 1000.", 1, 100000, defaultMaxMembers),
					"grace_seconds": bounded("So long a lost client may take to come back without having left, 0 to 300. Default 15.", 0, 300, defaultGraceSeconds),
				},
			},
			"conflate": schema.StringAttribute{
				MarkdownDescription: "`latest`: a subscriber that falls behind skips to the newest message instead of being closed. Default `none`.",
				Optional:            true,
				Computed:            true,
				Default:             stringdefault.StaticString(defaultConflate),
				Validators:          []validator.String{stringvalidator.OneOf("none", "latest")},
			},
			"require_client_id": flag("Whether tokens without a client id are refused. Default `false`.", defaultRequireClientID),
			"created_at":        createdAtAttribute(),
			"timeouts":          timeoutsAttribute(ctx),
		},
	}
}

func bounded(description string, min, max, otherwise int64) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default:             int64default.StaticInt64(otherwise),
		Validators:          []validator.Int64{int64validator.Between(min, max)},
	}
}

func flag(description string, otherwise bool) schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Computed:            true,
		Default:             booldefault.StaticBool(otherwise),
	}
}
