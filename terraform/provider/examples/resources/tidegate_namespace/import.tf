import {
  to = tidegate_namespace.chat
  id = "482913/chat"
}
