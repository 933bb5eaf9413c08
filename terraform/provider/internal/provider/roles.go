package provider

const roleDescription = "`owner` (all of the tenant, its members, its deletion), `admin` (apps, keys, namespaces, webhooks, control tokens), " +
	"`developer` (read all, publish and debug, no secrets, no deletions) or `viewer` (read)."

// roles are the contract's, the strongest first.
func roles() []string { return []string{"owner", "admin", "developer", "viewer"} }
