"""Quality evidence: what an organisation hands in when its health information is assessed."""

from piamater.exchange.quality.exporter import QualityExporter

__all__ = ["QualityExporter"]
