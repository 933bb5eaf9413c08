# app_id/name
tofu import tidegate_namespace.chat 482913/chat
