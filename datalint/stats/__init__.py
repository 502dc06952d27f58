"""The operation behind ``datalint stats``: the figures of a dataset."""
