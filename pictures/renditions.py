"""The smaller files that pages show of a picture: WebP, and JPEG or PNG for whoever lacks it."""

from collections.abc import Callable, Collection, Mapping
from pathlib import PurePath
from typing import Any

from imagefield.fields import ImageField
from imagefield.processing import register

WEBP = "_webp"  # ends the name of a rendition in WebP
ENCODED = {
    "WEBP": {"format": "WEBP", "quality": 80, "method": 4},
    "PNG": {"format": "PNG", "optimize": True},
}
type Size = tuple[str, tuple[int, int]]
type Spec = list[Any] | Callable[[Any, Any], None]


@register
def written_as(get_image: Any, kind: str) -> Any:
    """A processor of django-imagefield: writes the rendition in another format than its source."""

    def processor(image: Any, context: Any) -> Any:
        context.save_kwargs.update(ENCODED[kind])
        return get_image(image, context)

    return processor


def formats(sizes: Mapping[str, Size], *, without_webp: tuple[str, ...] = ()) -> dict[str, Spec]:
    """Each size in the format of its source and in WebP; what is WebP itself as PNG in its place.

    A size is django-imagefield's processor: thumbnail or crop, and what it takes.
    """
    plain = {name: _plain(size) for name, size in sizes.items()}
    webp = {name + WEBP: _webp(size) for name, size in sizes.items() if name not in without_webp}
    return plain | webp


def _plain(size: Size) -> Spec:
    def spec(_file: Any, context: Any) -> None:
        context.processors = ["default", size]
        if context.extension.lower() == ".webp":
            context.extension = ".png"
            context.processors = [("written_as", "PNG"), *context.processors]

    return spec


def _webp(size: Size) -> Spec:
    def spec(_file: Any, context: Any) -> None:
        context.extension = ".webp"
        context.processors = [("written_as", "WEBP"), "default", size]

    return spec


class RenderedImageField(ImageField):
    """An image field that makes the renditions that `wanted` names for the row, and no others."""

    def __init__(self, *args: Any, wanted: Callable[[Any], set[str]] | None = None, **kwargs: Any):
        self.wanted = wanted
        super().__init__(*args, **kwargs)

    def _generate_files(self, instance: Any, **kwargs: Any) -> None:
        self.make_renditions(instance)

    def make_renditions(self, instance: Any) -> None:
        """Writes those that are not there yet."""
        file = getattr(instance, self.name)
        for name in self.names_for(instance) if file else ():
            file.process(name)

    def names_for(self, instance: Any) -> list[str]:
        """Which of its formats the row's picture has."""
        wanted = self.formats if self.wanted is None else self.wanted(instance)
        return [name for name in self.formats if name in wanted]

    def stored_names(self, instance: Any) -> set[str]:
        """The files of the row's renditions, in its storage."""
        file = getattr(instance, self.name)
        return {file._process_context(self.formats[name]).name for name in self.names_for(instance)}

    def remove_renditions(self, name: str, *, but: Collection[str] = ()) -> int:
        """Deletes the renditions of a file but those named; how many. Lists one folder."""
        base = self.attr_class(self.model(), self, name)._process_base(name)
        try:
            _folders, names = self.storage.listdir(base.path)
        except FileNotFoundError:
            return 0
        found = {f"{base.path}/{name}" for name in names if _is_rendition(name, stem=base.basename)}
        for name in found - set(but):
            self.storage.delete(name)
        return len(found - set(but))


def _is_rendition(name: str, *, stem: str) -> bool:
    """Whether django-imagefield gave this name: the source's, and twelve digits of a hash."""
    digits = PurePath(name).stem.removeprefix(stem)
    return name.startswith(stem) and len(digits) == 12 and set(digits) <= set("0123456789abcdef")
