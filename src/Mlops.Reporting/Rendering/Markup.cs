namespace Mlops.Reporting.Rendering;

/// <summary>
/// Markup that is written as it stands. Only the drawing builder, the include function and the page's own
/// style and script blocks make it; nothing that came from data is ever wrapped in it.
/// </summary>
sealed class Markup
{
    internal Markup(string text) => Text = text;

    public string Text { get; }
}

/// <summary>
/// Text that a person wrote or reads as a sentence: escaped like any other, but cut much later.
/// </summary>
sealed class Prose(string text)
{
    public string Text { get; } = text;

    public static Prose? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : new Prose(text);
}
