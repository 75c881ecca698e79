using System.Globalization;
using Mlops.Engine;
using Mlops.Pipelines.Specification.Yaml;

namespace Mlops.Pipelines.Specification;

/// <summary>
/// Where what a pipeline asks for was written, so that whoever is told that it was not kept to is led there.
/// Never part of a key. What nobody wrote, or what was overridden, has no place.
/// </summary>
public sealed class RulePlaces
{
    /// <summary>What the keys are called of which a check has another name.</summary>
    static readonly Dictionary<string, string[]> Keys = new(StringComparer.Ordinal)
    {
        ["missing"] = ["missing-max-share", "required"],
        ["range"] = ["min", "max", "above", "below", "positive", "non-negative"],
        ["length"] = ["min-length", "max-length"],
        ["freshness"] = ["max-age"],
        ["gap"] = ["max-gap"],
        ["outliers"] = ["outliers-iqr", "outliers-sd"],
    };

    readonly YamlNode root;
    readonly string? file;

    internal RulePlaces(YamlNode root, string file) => (this.root, this.file) = (root, file);

    /// <param name="id">Of a check of the data, as <c>range:price</c>.</param>
    public Place? OfCheck(string id)
    {
        var (kind, about) = id.IndexOf(':') is var at and > 0
            ? (id[..at], id[(at + 1)..]) : (Unnumbered(id), "");
        var validate = Inside(root, "validate");
        var columns = Inside(validate, "columns");
        about = Entry(columns, about) is null ? Unnumbered(about) : about;
        return Written(OfColumn(Entry(columns, about), kind)
            ?? OfTable(Inside(validate, "checks"), kind, about)
            ?? kind switch
            {
                "row-count" or "row-change" => Entry(validate, "rows")?.Place,
                "key-complete" or "unique" => Entry(Inside(root, "data"), "key")?.Place,
                _ when kind.EndsWith("leakage", StringComparison.Ordinal) =>
                    Entry(validate, "leakage")?.Place,
                _ => Entry(validate, kind.Split('-')[0])?.Place,
            });
    }

    /// <param name="stage">
    /// Of a step, as <c>Train</c>: where the section begins that says how it goes.
    /// </param>
    public Place? OfStage(string stage) => Written(Entry(root, stage switch
    {
        "Ingest" => "data",
        "Partition" => "matrix",
        "DriftReport" or "OpenPackage"
            or "IngestScored" or "PartitionScored" or "ValidateScored" => "monitor",
        _ => stage.ToLowerInvariant(),
    })?.Place);

    /// <summary>Where a key of a section stands.</summary>
    public Place? OfSetting(string section, string key) => Written(Entry(Inside(root, section), key)?.Place);

    /// <param name="metric">What the gate is about: its only gate, or else where the gates begin.</param>
    public Place? OfGate(string metric)
    {
        var gates = Entry(Inside(root, "evaluate"), "gates");
        List<YamlNode> same = gates?.Value is YamlSequence { Items: var items }
            ? [.. items.Where(item =>
                Inside(item, "metric") is YamlScalar { Text: var text } && text == metric)]
            : [];
        return Written(same is [var only] ? only.Place : gates?.Place);
    }

    /// <summary>Without what tells a check from others of the same name, as <c>#2</c>.</summary>
    static string Unnumbered(string name) =>
        name.LastIndexOf('#') is var at and > 0 && int.TryParse(
            name.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? name[..at] : name;

    /// <summary>The key that asks it, or else the column.</summary>
    static Place? OfColumn(YamlEntry? column, string kind)
    {
        if (column is null)
            return null;
        IEnumerable<YamlNode> rules = column.Value is YamlSequence list ? list.Items : [column.Value];
        return rules.Select(rule => Key(rule, kind)).FirstOrDefault(place => place is not null)
            ?? column.Place;
    }

    static Place? Key(YamlNode rule, string kind) =>
        (Keys.GetValueOrDefault(kind) ?? [kind, kind.Split('-')[0] + "s", kind.Split('-')[0]])
        .Select(key => Entry(rule, key)?.Place).FirstOrDefault(place => place is not null);

    /// <summary>The only one of its kind, or the one that names the same.</summary>
    static Place? OfTable(YamlNode? checks, string kind, string about)
    {
        if (checks is not YamlSequence { Items: var items })
            return null;
        List<(YamlNode Check, string Text)> same = [.. items
            .Select(item => (item, Text: item is YamlScalar bare && kind == "rule" ? bare.Text
                : Entry(item, kind)?.Value is { } value ? Flat(value) : null))
            .Where(item => item.Text is not null).Select(item => (item.item, item.Text!))];
        return same is [var only] ? only.Check.Place
            : same.FirstOrDefault(item => Bare(item.Text) == Bare(about)).Check?.Place;
    }

    static string Flat(YamlNode value) => value switch
    {
        YamlScalar scalar => scalar.Text,
        YamlSequence { Items: var items } => string.Join('+', items.Select(Flat)),
        _ => "",
    };

    static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    Place? Written(Place? place) => place is not null && place.File == file ? place : null;

    static YamlNode? Inside(YamlNode? node, string key) => Entry(node, key)?.Value;

    static YamlEntry? Entry(YamlNode? node, string key) => (node as YamlMapping)?.Find(key);
}
