"""RapidOCR's models on onnxruntime: they come with the library's wheel, and nothing is fetched."""

from pathlib import Path
from typing import Any, Literal

_threads = 1  # the pool has a worker a core


def use_threads(count: int) -> None:
    """How many threads a model may use that is loaded from now on: more than one where cores would lie idle."""
    global _threads
    _threads = max(1, count)


def configured(part: Literal["Det", "Cls", "Rec"], model: str, **settings: object) -> Any:
    """RapidOCR's configuration of one of its parts."""
    import rapidocr

    whole = rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": _threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            f"{part}.model_path": str(Path(rapidocr.__file__).parent / "models" / model),
        }
        | {f"{part}.{name}": value for name, value in settings.items()}
    ).cfg
    whole[part].engine_cfg = whole.EngineConfig.onnxruntime
    return whole[part]
