using Mlops.Engine;

namespace Mlops.Pipelines.Specification.Yaml;

/// <summary>A value of a YAML document and where it stands.</summary>
abstract class YamlNode(Place place)
{
    public Place Place { get; } = place;

    /// <summary>The dotted path from the document's root; empty for the root itself.</summary>
    public string Path => Place.Field ?? "";

    /// <summary>What it is, in words and safe to print.</summary>
    public abstract string Words { get; }

    /// <summary>Nothing was written, or <c>null</c> or <c>~</c>.</summary>
    public virtual bool IsNothing => false;
}

enum ScalarForm
{
    /// <summary>Bare, so it may be a number, a boolean or nothing.</summary>
    Plain,
    /// <summary>Quoted or a block, so it is text.</summary>
    Text,
    /// <summary>Made of variables, so it is whatever the field takes.</summary>
    Expanded,
    /// <summary>What it is was reported to be unknowable; nothing more is said about it.</summary>
    Unreadable,
}

sealed class YamlScalar(Place place, string text, ScalarForm form) : YamlNode(place)
{
    public string Text { get; } = text;

    public ScalarForm Form { get; } = form;

    public override bool IsNothing =>
        Form == ScalarForm.Plain && Text is ("" or "~" or "null" or "Null" or "NULL");

    public override string Words => IsNothing ? "nothing"
        : Form == ScalarForm.Text ? $"the text {YamlPath.Quote(Text)}"
        : YamlPath.Printable(Text);
}

sealed class YamlSequence(Place place, IReadOnlyList<YamlNode> items) : YamlNode(place)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Words => "a list";
}

sealed class YamlMapping(Place place, IReadOnlyList<YamlEntry> entries) : YamlNode(place)
{
    /// <summary>In document order; keys are unique.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Words => "a mapping";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

sealed record YamlEntry(string Key, Place Place, YamlNode Value);
