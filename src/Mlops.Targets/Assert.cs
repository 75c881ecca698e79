using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Mlops.Targets;

/// <summary>Checks that fail a target with one sentence.</summary>
public static class Assert
{
    /// <exception cref="AssertionException">Always.</exception>
    [DoesNotReturn]
    public static void Fail(string message, Exception? innerException = null) =>
        throw new AssertionException(message, innerException);

    public static void True(
        [DoesNotReturnIf(false)] bool condition, string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? text = null)
    {
        if (!condition)
            Fail(message ?? $"Expected: {text}");
    }

    public static void False(
        [DoesNotReturnIf(true)] bool condition, string? message = null,
        [CallerArgumentExpression(nameof(condition))] string? text = null)
    {
        if (condition)
            Fail(message ?? $"Not expected: {text}");
    }

    public static T NotNull<T>(
        [NotNull] this T? value, string? message = null,
        [CallerArgumentExpression(nameof(value))] string? text = null) where T : class
    {
        if (value is null)
            Fail(message ?? $"{text} must not be null.");
        return value;
    }

    public static string NotNullOrEmpty(
        [NotNull] this string? value, string? message = null,
        [CallerArgumentExpression(nameof(value))] string? text = null)
    {
        if (string.IsNullOrEmpty(value))
            Fail(message ?? $"{text} must not be empty.");
        return value;
    }

    public static IReadOnlyCollection<T> NotNullOrEmpty<T>(
        [NotNull] this IReadOnlyCollection<T>? collection, string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? text = null)
    {
        if (collection is null or { Count: 0 })
            Fail(message ?? $"{text} must not be empty.");
        return collection;
    }

    public static IReadOnlyCollection<T> NotEmpty<T>(
        this IReadOnlyCollection<T> collection, string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? text = null)
    {
        if (collection.Count == 0)
            Fail(message ?? $"{text} must not be empty.");
        return collection;
    }

    public static IReadOnlyCollection<T> Count<T>(
        this IReadOnlyCollection<T> collection, int length, string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? text = null)
    {
        if (collection.Count != length)
            Fail(message ?? $"{text} must have {length} items, not {collection.Count}.");
        return collection;
    }

    /// <returns>The collection, which has one item.</returns>
    public static IReadOnlyCollection<T> HasSingleItem<T>(
        this IReadOnlyCollection<T> collection, string? message = null,
        [CallerArgumentExpression(nameof(collection))] string? text = null) =>
        collection.Count(1, message, text);

    public static void FileExists(
        AbsolutePath path, string? message = null,
        [CallerArgumentExpression(nameof(path))] string? text = null) =>
        True(File.Exists(path), message ?? $"{text}: there is no file {path}.");

    public static void DirectoryExists(
        AbsolutePath path, string? message = null,
        [CallerArgumentExpression(nameof(path))] string? text = null) =>
        True(Directory.Exists(path), message ?? $"{text}: there is no folder {path}.");
}
