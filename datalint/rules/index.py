"""Every built-in rule: code → (name, module, severity). Written by ``datalint.core.registry``."""

INDEX: dict[str, tuple[str, str, str]] = {
}
