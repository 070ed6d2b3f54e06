"""Dense retrieval, an optional extra: a small sentence-embedding model beside the words.

The model runs on ONNX Runtime (``pip install 'piamater[dense]'``), from a local folder that holds
``model.onnx`` and ``tokenizer.json``, or from a hub by its name. Token vectors are averaged over
the words (mean pooling, Reimers and Gurevych 2019) and scaled to length 1. Scores are fused with
the words' by min-max scaling and equal weights, which did better than reciprocal ranks in our
measurements.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from piamater.errors import LibraryError, PiamaterError
from piamater.search.contract import Hit

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]

LONGEST = 256
"""Tokens of a passage that are read."""

BATCH = 64


class Encoder(Protocol):
    """Turns texts into vectors of length 1, one row each (float32)."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The vectors of the texts, in order."""
        ...


class OnnxEncoder:
    """A sentence-embedding model on ONNX Runtime.

    Raises:
        PiamaterError: the extra is not installed, or the model cannot be found.
    """

    def __init__(self, model: str) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise PiamaterError(
                "dense retrieval needs ONNX Runtime and tokenizers",
                todo="pip install 'piamater[dense]'",
            ) from error
        folder = _folder(model)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding(length=None)
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), providers=["CPUExecutionProvider"]
        )
        self._inputs = {one.name for one in self._session.get_inputs()}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See ``Encoder.encode``."""
        import numpy as np

        rows = [self._batch(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
        return np.concatenate(rows) if rows else np.zeros((0, 1), np.float32)

    def _batch(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.array([one.attention_mask for one in encoded], np.int64)
        given = {
            "input_ids": np.array([one.ids for one in encoded], np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        tokens = self._session.run(None, {k: v for k, v in given.items() if k in self._inputs})[0]
        weights = mask[:, :, None].astype(np.float32)
        pooled = (tokens * weights).sum(1) / np.maximum(weights.sum(1), 1.0)
        scaled: Vectors = pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
        return scaled.astype(np.float32)


def _folder(model: str) -> Path:
    """The folder of a model: a local one, or fetched from a hub by its name."""
    local = Path(model)
    if local.is_dir():
        for name in ("model.onnx", "tokenizer.json"):
            if not (local / name).is_file():
                raise PiamaterError(f"the model lacks {name}", where=model)
        return local
    try:
        from huggingface_hub import snapshot_download

        fetched = Path(
            snapshot_download(model, allow_patterns=["*.json", "onnx/model.onnx", "model.onnx"])
        )
    except Exception as error:  # the hub's client raises many kinds
        raise PiamaterError(
            f"the model cannot be fetched: {error}",
            where=model,
            todo="name a local folder with model.onnx and tokenizer.json",
        ) from error
    onnx = (
        fetched / "model.onnx"
        if (fetched / "model.onnx").is_file()
        else fetched / "onnx" / "model.onnx"
    )
    return onnx.parent if (onnx.parent / "tokenizer.json").is_file() else fetched


class DenseIndex:
    """The vectors of passages, in ``folder``: half precision, searched whole.

    Half a million vectors of 384 numbers are 400 MB; a search reads them all. Keys are
    (document number, position).
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.folder = folder
        self._encoder = encoder
        self._keys: list[tuple[int, int]] = []
        self.upto = 0
        self._vectors: Vectors | None = None
        self._load()

    def _load(self) -> None:
        import numpy as np

        try:
            state = json.loads((self.folder / "keys.json").read_text("utf-8"))
            self._vectors = np.load(self.folder / "vectors.npy", mmap_mode="r")
            keys, self.upto = state["keys"], int(state["upto"])
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError) as error:
            raise LibraryError(
                f"the dense index cannot be read: {error}",
                where=str(self.folder),
                todo="delete this folder and build it again",
            ) from error
        self._keys = [(int(number), int(position)) for number, position in keys]
        if len(self._keys) != len(self._vectors):
            raise LibraryError(
                "the dense index is damaged",
                where=str(self.folder),
                todo="delete this folder and build it again",
            )

    def build(self, passages: Iterable[tuple[tuple[int, int], str]], upto: int = 0) -> int:
        """Encode passages, in place of all that was held; gives how many.

        ``upto`` is the corpus number they reach, to tell later whether they are all.
        """
        import numpy as np

        pairs = list(passages)
        vectors = self._encoder.encode([text for _, text in pairs]).astype(np.float16)
        self.folder.mkdir(parents=True, exist_ok=True)
        new = self.folder / "vectors.new.npy"
        np.save(new, vectors)
        (self.folder / "keys.json").unlink(missing_ok=True)
        new.replace(self.folder / "vectors.npy")
        state = {"upto": upto, "keys": [key for key, _ in pairs]}
        (self.folder / "keys.json").write_text(json.dumps(state), "utf-8")
        self._load()
        return len(pairs)

    def search(self, text: str, limit: int = 10) -> list[Hit]:
        """The nearest passages by cosine, best first."""
        import numpy as np

        if self._vectors is None or not len(self._keys):
            return []
        scores = self._vectors.astype(np.float32) @ self._encoder.encode([text])[0]
        limit = min(limit, len(scores))
        best = np.argpartition(-scores, limit - 1)[:limit]
        ordered = best[np.argsort(-scores[best], kind="stable")]
        return [
            Hit(number, position, float(scores[at]))
            for at in ordered
            for number, position in (self._keys[at],)
        ]


def fuse(one: Sequence[Hit], other: Sequence[Hit], weight: float = 0.5) -> list[Hit]:
    """Two rankings as one, best first: min-max scaled scores, ``weight`` for the second."""
    total: dict[tuple[int, int], float] = {}
    for hits, share in ((one, 1 - weight), (other, weight)):
        scores = [hit.score for hit in hits]
        low, high = min(scores, default=0.0), max(scores, default=1.0)
        for hit in hits:
            scaled = (hit.score - low) / (high - low) if high > low else 1.0
            key = hit.number, hit.position
            total[key] = total.get(key, 0.0) + share * scaled
    ordered = sorted(total.items(), key=lambda one: (-one[1], one[0]))
    return [Hit(number, position, score) for (number, position), score in ordered]
